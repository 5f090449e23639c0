"""Word files made by hand, part by part, for what no library writes."""

import io
import zipfile

import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = (
    HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def element(name, content, namespaces=NAMESPACES):
    """A part with the root ``w:name``."""
    return f"{HEAD}<w:{name} {namespaces}>{content}</w:{name}>"


def body(content, namespaces=NAMESPACES):
    """The main part."""
    return element("document", f"<w:body>{content}</w:body>", namespaces)


def relations(links):
    """A relationships part; ``links`` maps ids to (type, target)."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'
        for key, (kind, target) in links.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{items}</Relationships>'


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    """A ZIP archive of parts, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def parts_of(content, **others):
    """The parts of a Word file; ``content`` is the inside of the body or a whole main part.

    Others by name: styles, numbering, footnotes, endnotes, settings, header1, footer1 …: the inside
    of their root.
    """
    roots = {"styles": "styles", "numbering": "numbering", "settings": "settings",
             "footnotes": "footnotes", "endnotes": "endnotes"}  # fmt: skip
    kinds = {"header": ("header", "hdr"), "footer": ("footer", "ftr")}
    links, parts = {}, {}
    for name, inside in others.items():
        kind, root = kinds.get(name.rstrip("0123456789"), (name, roots.get(name)))
        links[f"r{name}"] = (kind, f"{name}.xml")
        parts[f"word/{name}.xml"] = inside if isinstance(inside, bytes) else element(root, inside)
    whole = content if isinstance(content, bytes) or content.startswith("<?xml") else body(content)
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": whole,
        "word/_rels/document.xml.rels": relations(links),
        **parts,
    }


def word(content, **others):
    """The bytes of a Word file; see ``parts_of``."""
    return archive(parts_of(content, **others))


def p(*runs, props=""):
    """A paragraph of runs of text."""
    inside = "".join(t(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inside}</w:p>"


def t(text, props=""):
    """A run of text."""
    return f'<w:r>{props}<w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text, num=1, level=0):
    """A paragraph of a list."""
    props = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return p(text, props=props)


def level(index, form, text, start=1, extra=""):
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{extra}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*abstracts, nums=None):
    """A numbering part: one ``w:num`` for each abstract list, unless ``nums`` says otherwise."""
    out = "".join(
        f'<w:abstractNum w:abstractNumId="{index}">{content}</w:abstractNum>'
        for index, content in enumerate(abstracts)
    )
    if nums is None:
        nums = "".join(num(index + 1, index) for index in range(len(abstracts)))
    return out + nums


def num(number, abstract, overrides=""):
    """A ``w:num``."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def saved(document):
    """The bytes of a document of python-docx."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opened(data):
    """A document of python-docx."""
    return docx.Document(io.BytesIO(data))


def unpacked(data):
    """The parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
