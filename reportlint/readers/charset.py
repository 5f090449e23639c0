"""The encoding of a draft that is not UTF-8, without a statistical detector if possible.

Each encoding that Chinese text is still met in reads the file strictly and is judged by how Chinese
the result looks. Judging is needed because Big5 also decodes as GB18030 (of which GBK and GB2312
are parts), into characters that nobody uses. A detector is asked last; it is unreliable on short
text.
"""

from __future__ import annotations

import re

from reportlint.readers.decode import Decoded, reject, reject_nul

_BYTES = ("gb18030", "big5", "cp950", "big5hkscs")
_UNITS = ("utf-16-le", "utf-16-be")

_SURE = 0.5
"""Share of common characters from which a reading is taken at once: Chinese text has 0.6–0.8."""
_LIKELY = 0.2
"""Share from which the best reading is taken; a wrong reading stays below 0.1."""
_SAMPLE = 1500
"""Characters beyond ASCII that are judged."""
_SHORT = 40
_DETECT = 65536
"""Bytes that the detector is shown: it tries some ninety encodings one by one."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{1,400}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")

# Frequent in reports, in either script; punctuation counts because every reading but the right
# one loses it.
_COMMON = frozenset(
    "，。、：；！？（）“”《》〔〕【】—…·％　「」『』〇０１２３４５６７８９ＸＸ×○□"
    "的人年一全中个业不上万工有县分到成部三元建在改对和次设作公务项是度学报行实二为会开用区办资"
    "下生老月村镇员时长家以位占理级等查出水主名要组管通每点其民加整由专任现量题问发增入四合职政"
    "新议进后机调动大事方率持服完能安日间制面高化期来与情乡校告得提立局展地就场关医院书比了教户"
    "结件党力目平自把同心备金防我委道推况单处施馆门经小农基班计数导者体造条本于线请程子均费定军"
    "兵领保责前重余集护运更检排社文少收电清支应补路住步取意评车落接标坚两底干过从训武强让看多众"
    "市优装织台交已总抓述向复产回站记急患共头逐及放常队技群质核师退里企口效约研份活法某网库治修"
    "岗明示读城养内难楼层格之协置据将科手带起没信构规好参如利五统室配房片积课照达先联节案测受超"
    "监街役天降第可满维存性近季投物卫选采足解米限源气考续系送值按光料育正段助证练各府审算材订包"
    "省市州国际贯彻精神思想习近平认真严格廉洁纪律民族团创"
    "來個備億優內兩別創劃動務區協參員問單圖堅報場學實審將專對導層崗師帶幹庫強後從復應戶採據數於"
    "時書條業構樓標機檢氣決沒況測準滿為營現環產畫當發監種積穩節約級組結統經維網線編練縣總織續群"
    "聯職臺與舉萬處號眾衛裡補裝製規訂計訓記訪設診評課調談請證議護讀讓責費貼資質車軍辦農進運過達"
    "選鄉醫鎮長門開間關隊險隱難電項預領頭題類養餘館驗體點黨國們這說會無變財縣貫徹嚴認習團紀"
)


def guess(data: bytes, error: UnicodeDecodeError | None) -> Decoded:
    """Decode what is not UTF-8: ``error`` is why, or None where it would be but for NUL bytes.

    Raises ReadError RL001.
    """
    nul = data.find(b"\0")
    best, found = 0.0, None
    for name in _UNITS if nul >= 0 else _BYTES + _UNITS:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            continue
        share = _share(text)
        if share >= _SURE:
            return Decoded(text, name, b"")
        if share > best:
            best, found = share, Decoded(text, name, b"")
    if error is not None and _broken_utf8(data, error.start):
        reject(data, error.start, "utf-8")
    if found is not None and best >= _LIKELY:
        return found
    if nul >= 0:
        reject_nul(data, nul, "utf-8")
    if len(data) <= _SHORT and _all_gb2312(data):
        return Decoded(data.decode("gb18030"), "gb18030", b"")
    for name in ("gb18030", "big5"):
        if _share(data.decode(name, "replace")) >= _SURE:
            reject(data, _first_bad(data, name), name)
    return _detect(data) or reject(data, error.start if error else 0, "utf-8")


def _broken_utf8(data: bytes, start: int) -> bool:
    """Return whether the file is UTF-8 but for some bytes, of which the first is at ``start``.

    Text in another encoding hardly ever holds a well-formed sequence of three bytes by accident.
    """
    nearby = data[max(0, start - 2048) : start + 2048].decode("utf-8", "replace")
    good = sum("\u0800" <= character != "\ufffd" for character in nearby)
    return good >= 4 * nearby.count("\ufffd")


def _share(text: str) -> float:
    """Return the share of common characters among those beyond ASCII; 1 where there are none."""
    sample = ""
    for match in _BEYOND_ASCII.finditer(text):
        sample += match[0]
        if len(sample) >= _SAMPLE:
            break
    return sum(map(_COMMON.__contains__, sample)) / len(sample) if sample else 1.0


def _all_gb2312(data: bytes) -> bool:
    """Return whether these few bytes are plain GB2312: rare names and the like."""
    try:
        data.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def _detect(data: bytes) -> Decoded | None:
    import codecs

    from charset_normalizer import from_bytes

    sample = data[:_DETECT]
    if len(sample) < len(data):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = from_bytes(sample).best()
    if best is None:
        return None
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text):
        return None
    return Decoded(text, codecs.lookup(best.encoding).name, b"")


def _first_bad(data: bytes, name: str) -> int:
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        return error.start
    return 0
