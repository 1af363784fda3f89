"""Roles: the title of a person at a body, as written (柳湾村|党支部书记|郑望山; 甲任…书记; 乙，…院长)."""

import re

# Words that end a title. General vocabulary of offices and callings.
TITLE = re.compile(
    "(?:书记|主任|镇长|乡长|县长|市长|区长|省长|州长|局长|处长|科长|股长|院长|校长|园长|教授|博士|研究员|研究生|经理|总监|"
    "董事长|总裁|理事长|理事|社长|厂长|站长|会长|队长|所长|行长|馆长|部长|委员|常委|干部|记者|通讯员|村民|社员|员工|负责人|"
    "创始人|主理人|发起人|合伙人|讲师|老师|教师|技术员|农技员|工程师|农艺师|设计师|专家|志愿者|居民|支书|村长|组长|班长|厂医|"
    "医生|护士|法官|民警|律师|秘书长|秘书|主席|盟长|召集人|联络员|指导员|特派员|网格员|传承人|带头人|大户|种植户|养殖户|农户|"
    "户主|工人|店主|老板|主编|编辑|责编|校对|摄影|版式|视觉|文字|学生|团长|师傅|匠人|渡工|篾匠|骑手|导师|顾问|首席|职工|业主|"
    "楼长|代表|团队长|店长|掌柜|船长|护林员|会计|出纳|经纪人|主播|能手|农民|党员|领队|总经理|副总|馆员|撰稿|线长|青年|木匠|助理)$"
)
_COMMITTEES = "省市州县区旗"
_OTHERS = re.compile(rf"^.*{TITLE.pattern.removesuffix('$')}[\u4e00-\u9fff]{{2,3}}、")  # 书记甲、|部长|乙
_BETWEEN = 30
_STOP = re.compile(r"[。！？；\n]")
_TAKES_OFFICE = re.compile("(?:任|担任|兼任|出任|当选为?|当选|受聘担任|受聘为|聘为|当)([^，。；！？、\n]{2,14})")
_TITLE_BEHIND = re.compile("书记|主任|老师|教授|博士|院长|校长|镇长|乡长|县长|局长|所长|站长|经理|社长|会长|师傅")
_AFTER_COMMA = re.compile(r"^[，,、\s]*([^，。；！？、\n]{2,12})")


def role_of(text: str, person: tuple[int, int], body: tuple[int, int]) -> str:
    """The title of the person at `person` (start, end) in the body at `body`, '' where none is written."""
    if body[1] <= person[0]:
        said = text[body[1] : person[0]]
        near = len(said) <= _BETWEEN and not _STOP.search(said)
        if near and "，" not in said:
            title = _title_in(_OTHERS.sub("", said))
            if title.startswith("委") and text[body[1] - 1] in _COMMITTEES:
                title = text[body[1] - 1] + title  # 柳湾县|委书记: the committee is the county's
            return title or _after(text, person[1]) or _behind(text, person[1])
        return _after(text, person[1]) or _before(text, person[0]) or _behind(text, person[1])
    said = text[person[1] : body[0]]
    if len(said) <= _BETWEEN and not _STOP.search(said):
        behind = _AFTER_COMMA.match(text[body[1] : body[1] + 14])
        if behind and TITLE.search(behind[1]):
            return behind[1]
    office = _TAKES_OFFICE.search(text, body[1], body[1] + 20)
    return office[1] if office and TITLE.search(office[1]) else _before(text, person[0]) or _behind(text, person[1])


def _title_in(said: str) -> str:
    """The title between a body and a name: 柳湾村|的党支部书记|钱松年."""
    title = said.strip('的“”" 　\n,（(:：/')
    return title if title and TITLE.search(title) else ""


def _after(text: str, person_end: int) -> str:
    """An office taken: 钱松年|任联盟盟长."""
    match = _TAKES_OFFICE.match(text, person_end)
    return match[1] if match and TITLE.search(match[1]) else ""


def _behind(text: str, person_end: int) -> str:
    """A title that follows the name: 钱松年|老师."""
    match = _TITLE_BEHIND.match(text, person_end)
    return match[0] if match else ""


def _before(text: str, person_start: int) -> str:
    """A title right before the name: 村党支部书记|钱松年."""
    said = re.split(r"[，。；！？、：:\s“”/（()）的]", text[max(person_start - 16, 0) : person_start])[-1]
    return said.removeprefix("由") if said and TITLE.search(said) else ""
