"""The reviewed contacts as the tests use them."""

from kb.foreign import Allowed

ALLOWED = Allowed(
    phones=frozenset({"95188", "4007585858", "4007666666", "12363", "12315", "01066001918"}),
    emails=frozenset({"jubao@pcac.org.cn"}),
    hosts=frozenset(
        {
            ("jubao.pcac.org.cn", ""),
            ("www.pbc.gov.cn", ""),
            ("qianjiang.gov.cn", ""),
            ("www.qinghai.gov.cn", ""),
            ("github.com", "/alipay/alipay-sdk-java-all"),
            ("github.com", "/LawRefBook/Laws"),
        }
    ),
)
