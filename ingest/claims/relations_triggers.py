"""Words that say a relation, by class: general verbs of Chinese reports, declared as data.

A class is a hint, not a verdict: the model learns what each class means between which types. Sources: the column “said
by words such as” of the ontology, and everyday synonyms. No names.
"""

import re

import numpy as np
from numpy.typing import NDArray

TRIGGERS: dict[str, str] = {
    "join": ("加入|入盟|入社|入会|并入|纳入|吸收|吸纳|成员单位|成员|会员|报名|参与组建|拉进|加进|搭上|入伙|进群|新添"),
    "compose": "组成|联合|一道|一起|共同|抱团|拢|捆|凑|拧|串|结成|携起|连成|合伙|拉上|会同",
    "found": (
        "成立|组建|创办|创立|创建|建立|设立|兴办|开办|开设|办起|办了|建起|建成|建了|新建|打造|筹建|筹办|注册|"
        "盖起|搭起|开了|建设|修建|共建|改建|改造成|改成|落成|挂牌|揭牌|搭建|开张|开业|动工"
    ),
    "lead": "牵头|主导|发起|领头|带头|领办|召集|龙头|挂帅|倡议|主办|举办|承办|办起",
    "head": "担任|兼任|出任|当选|受聘|聘任|任|推选|理事长|盟长|召集人|秘书长",
    "partner": (
        "合作|结对|签约|签了|签订|签署|携手|联手|牵手|协作|共建|合股|合办|对接|对子|认亲|联建|合开|搭伙|互派|"
        "联姻|攀亲|联谊|协议|合买|合种|合伙"
    ),
    "support": (
        "帮扶|帮带|帮助|帮着|帮他|帮忙|帮|扶持|支持|支援|援助|指导|辅导|培训|派驻|派出|派|选派|驻村|驻点|"
        "包村|包联|联系|捐|赠|送来|送去|送|拨|补助|补贴|奖补|贴息|资助|贷款|放贷|授信|借|讲课|上课|授课|教|"
        "传授|手把手|带着|带|服务|义诊|协调|牵线|搭桥|包销|代销|担保|提供|配|解决|无偿|免费|请来|蹲点|下乡|"
        "诊断|顾问|把脉"
    ),
    "invest": (
        "投资|出资|注资|入股|投入|投了|投|参股|占股|持股|控股|股份|众筹|筹资|筹集|集资|拿出|掏出|凑出|垫|"
        "出钱|出地|配套|拨款|拨付|资金|股金"
    ),
    "produce": (
        "种植|种了|种|栽|养殖|养了|养|加工|生产|产出|产|销售|卖|出售|酿|制作|织|编|烧|主打|特产|特色|产业|"
        "培育|采摘|收购|推出|出品|做|晒|腌|榨|炒制|上市|出栏|存栏|年产|盛产|品牌|商标"
    ),
    "operate": "运营|经营|管理|托管|承接|承包|打理|代管|负责|租下|租赁|租用|接手|运作|值守|掌勺|管护|接管|交给",
    "implement": (
        "实施|推行|推出|推广|探索|开展|坚持|启动|试行|试点|采用|实行|创新|首创|摸索|总结|提出|定下|立下|出台|"
        "制定|践行|执行|运用|叫作|称为|办|发放|搞"
    ),
    "participate": "参加|参与|走进|出席|亮相|列入|入选|参赛|获|赴|到会|发言|承办|协办|签到|赶来|观摩",
    "replicate": (
        "推广|复制|照着|照搬|照办|照样|学着|学习|借鉴|取经|抄作业|搬到|带到|移植|落户|落地|引进|沿用|仿照|"
        "效仿|传到|试点|试|跟着办|铺开|参照|来学|考察"
    ),
    "locate": "位于|地处|坐落|设在|建在|落户|在|驻地|毗邻|境内|隔壁|同属|邻近|辖",
    "work": (
        "书记|主任|镇长|乡长|县长|市长|区长|局长|处长|科长|院长|校长|教授|博士|研究员|经理|董事长|总裁|"
        "理事长|社长|厂长|站长|会长|队长|所长|行长|馆长|部长|委员|干部|记者|通讯员|村民|社员|员工|负责人|"
        "创始人|讲师|老师|技术员|专家|志愿者"
    ),
    "passive": "由|被|受|经|归|交由|在[^，。]{1,12}下",
    "beneficiary": "给|为|向|对|替|帮|到|往|进",
    "with": "与|和|同|跟|及",
}
CLASSES = tuple(TRIGGERS)
_PATTERNS = tuple(re.compile(words) for words in TRIGGERS.values())


def trigger_counts(text: str) -> NDArray[np.int64]:
    """[len(text) + 1, classes]: how many trigger words of each class begin before each character."""
    marks = np.zeros((len(text) + 1, len(CLASSES)), dtype=np.int64)
    for number, pattern in enumerate(_PATTERNS):
        for match in pattern.finditer(text):
            marks[match.start() + 1, number] += 1
    return np.cumsum(marks, axis=0)
