"""The Chinese words for the values of the schema, in one place for pages, exports and pastes."""

KINDS = {"cause": "原因", "remedy": "对策", "question": "问题"}
OWNERS = {
    "merchant": "商户自己",
    "customer": "顾客",
    "lakala": "拉卡拉或服务商",
    "alipay": "支付宝",
    "bank": "银行",
}
RETRIES = {"never": "不要再扫", "once": "可以再试一次", "after-fix": "先处理再扫"}
GRADES = {"official": "官方文件", "corroborated": "多方印证", "reported": "有人反映", "unproven": "未见证据"}
GRADE_MEANINGS = {
    "official": "出自官方开发文件、法规全文或政府网站",
    "corroborated": "几个互相独立的来源说法一致",
    "reported": "只有一个二手来源，或是用户转述",
    "unproven": "只有原文的说法，没有找到证据，或与已知事实冲突",
}
EFFORTS = {"1m": "约 1 分钟", "5m": "约 5 分钟", "20m": "约 20 分钟", "60m": "约 1 小时", "days": "要等几天"}
RISKS = {"none": "", "money": "涉及钱款，操作前先核对", "data": "会改动设置，先记下原来的"}
FREQUENCIES = {"common": "常见", "sometimes": "有时", "rare": "少见"}
BASES = {
    "log": "依据交易日志",
    "support": "依据客服记录",
    "source": "依据公开问句的分布",
    "assumed": "常见程度是推测",
}
SYSTEMS = {"alipay": "支付宝", "lakala": "拉卡拉", "bankcard": "银行卡"}
QUESTION_EFFORTS = {"look": "看一眼", "try": "试一下", "fetch": "要找一下", "contact": "要问别人"}
