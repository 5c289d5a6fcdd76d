"""The Chinese words for the values of the schema, in one place for pages, exports and pastes.

What is of one subject (owners, systems of codes, whether to try again) stands in ``_data/handbook.yml``.
"""

GRADES = {"official": "官方文件", "corroborated": "多方印证", "reported": "有人反映", "unproven": "未见证据"}
GRADE_MEANINGS = {
    "official": "出自官方开发文件、法规全文或政府网站",
    "corroborated": "几个互相独立的来源说法一致",
    "reported": "只有一个二手来源，或是用户转述",
    "unproven": "只有人这么说，没有找到证据，或与已知事实冲突",
}
GRADE_SAYS = {
    "official": "官方文件这么写",
    "corroborated": "几处资料都这么说",
    "reported": "只查到一处这么说",
    "unproven": "没有找到证据",
}
FREQUENCIES = {"common": "常见", "sometimes": "时有", "rare": "少见"}
EFFORTS = {"1m": "约 1 分钟", "5m": "约 5 分钟", "20m": "约 20 分钟", "60m": "约 1 小时", "days": "要等几天"}
RISKS = {"none": "", "money": "涉及钱款，操作前先核对", "data": "会改动设置，先记下原来的"}
BASES = {
    "log": "依据交易日志",
    "support": "依据客服记录",
    "source": "依据公开问句的分布",
    "assumed": "有多常见，是我们估的",
}
QUESTION_EFFORTS = {"look": "看一眼", "try": "试一下", "fetch": "要找一下", "contact": "要问别人"}
