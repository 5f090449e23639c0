"""The beginning of an RTF file as Chinese Word writes it."""

HEAD = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5{\*\falt SimSun};}"
    rb"{\f1\froman\fcharset0 Times New Roman;}{\f2\fnil\fcharset2 Wingdings;}{\f3\fcharset136 MingLiU;}}"
    rb"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\outlinelevel0{\*\keycode \shift a} heading 1;}"
    rb"{\s2\sbasedon1 \'b1\'ea\'cc\'e2 2;}{\s3\sbasedon1 Mine;}{\s4 toc 1;}{\*\cs5 Char;}}"
    rb"{\colortbl;\red0\green0\blue0;}{\info{\title XX}{\author \u21487?}}"
)
