"""How the page of findings looks: on a screen, light or dark, and on paper."""

CSS = """\
:root {
  color-scheme: light dark;
  --paper: #ffffff; --back: #f3f4f6; --ink: #1d2330; --soft: #5b6475; --line: #d9dde5;
  --link: #1f5fbf; --shade: #f8f9fb;
  --error: #b3261e; --error-back: #fde1de;
  --warning: #8a5300; --warning-back: #ffefc7;
  --info: #1f5fbf; --info-back: #e0ecff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1f27; --back: #12151b; --ink: #e4e8ef; --soft: #9aa4b5; --line: #343b48;
    --link: #8ab4f8; --shade: #222732;
    --error: #ff9b92; --error-back: #5a211d;
    --warning: #ffcf70; --warning-back: #4a3710;
    --info: #9cc2ff; --info-back: #1d3760;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--back); color: var(--ink);
  font: 16px/1.7 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
header, main, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
header p { margin: .2rem 0; }
h1 { margin: 0 0 .4rem; font-size: 1.6rem; line-height: 1.3; }
h2 { margin: 0 0 .4rem; font-size: 1.2rem; line-height: 1.4; overflow-wrap: anywhere; }
h3 { margin: 0 0 .5rem; font-size: 1rem; }
a { color: var(--link); }
.hint, .meta, .more, footer { color: var(--soft); font-size: .875rem; }
footer { padding-top: .5rem; padding-bottom: 2rem; }
nav, section, .clean {
  margin: 1.25rem 0; padding: 1.1rem 1.25rem; background: var(--paper);
  border: 1px solid var(--line); border-radius: .6rem;
}
.switch { position: absolute; opacity: 0; }
.chips { margin: .7rem 0 0 !important; }
.chip {
  display: inline-block; margin: 0 .35rem .2rem 0; padding: .05rem .65rem; border-radius: 1rem;
  border: 1px solid currentColor; font-size: .875rem; white-space: nowrap;
}
label.chip { cursor: pointer; font-size: 1rem; }
.chip.error, .error .level { color: var(--error); }
.chip.warning, .warning .level { color: var(--warning); }
.chip.info, .info .level { color: var(--info); }
.chip.error { background: var(--error-back); }
.chip.warning { background: var(--warning-back); }
.chip.info { background: var(--info-back); }
table.files { width: 100%; border-collapse: collapse; }
.files th, .files td {
  padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: right;
}
.files th:nth-child(-n+2), .files td:nth-child(-n+2) { text-align: left; overflow-wrap: anywhere; }
.files th { color: var(--soft); font-size: .875rem; font-weight: normal; }
.files td.error { color: var(--error); font-weight: bold; }
.files td.warning { color: var(--warning); }
.files td.info { color: var(--info); }
.files td.zero { color: var(--soft); font-weight: normal; }
.meta { margin: 0 0 .8rem; }
.up { float: right; }
.pair { display: grid; gap: 1.5rem; }
@media (min-width: 62rem) {
  .pair { grid-template-columns: minmax(0, 1fr) 24rem; }
  .pair aside {
    grid-column: 2; grid-row: 1; position: sticky; top: 1rem; align-self: start;
    max-height: calc(100vh - 2rem); overflow: auto;
  }
  .pair .draft { grid-column: 1; grid-row: 1; }
  .pair.alone { display: block; }
  .pair.alone aside { position: static; max-height: none; }
}
ol.list { margin: 0; padding: 0; list-style: none; }
.list li {
  margin-bottom: .35rem; padding: .35rem .6rem; border-left: 4px solid var(--line);
  border-radius: .25rem; background: var(--shade); overflow-wrap: anywhere; line-height: 1.5;
}
.list li.error { border-left-color: var(--error); }
.list li.warning { border-left-color: var(--warning); }
.list li.info { border-left-color: var(--info); }
.list li > a:first-child, .row { display: flex; gap: .6rem; color: inherit; text-decoration: none; }
.list li > a:first-child:hover .what { text-decoration: underline; }
.number { min-width: 1.4rem; text-align: right; color: var(--soft); }
.more { display: block; padding-left: 2rem; }
details summary { cursor: pointer; color: var(--soft); }
aside details { margin-top: .8rem; font-size: .875rem; }
.draft { font-size: 1.0625rem; line-height: 2; overflow-wrap: anywhere; }
.draft p { margin: 0; padding-left: 3.6rem; position: relative; white-space: pre-wrap; }
.draft p::before {
  content: attr(data-n); position: absolute; left: 0; width: 2.8rem; text-align: right;
  color: var(--soft); font-size: .75rem; line-height: 2.85; user-select: none;
}
.draft.addressed p { padding-left: 9.2rem; }
.draft.addressed p::before { width: 8.4rem; }
@media (max-width: 40rem) {
  .draft p, .draft.addressed p { padding-left: 0; }
  .draft p::before, .draft.addressed p::before {
    position: static; display: block; width: auto; text-align: left; line-height: 1.4;
  }
}
.draft p.blank { min-height: .7rem; }
.draft p.blank::before { content: none; }
.draft p.title { font-size: 1.3rem; font-weight: bold; text-align: center; }
.draft p.title::before { font-weight: normal; }
.draft p.heading { font-weight: bold; margin-top: .4rem; }
.draft p.heading::before { font-weight: normal; }
mark { color: inherit; padding: .1em 0; border-radius: .15em; border-bottom: 2px solid; }
mark.error { background: var(--error-back); border-color: var(--error); }
mark.warning { background: var(--warning-back); border-color: var(--warning); }
mark.info { background: var(--info-back); border-color: var(--info); }
.label { border-bottom: 2px dotted var(--link); }
.ref {
  margin: 0 .1em; padding: 0 .25em; border-radius: .6em; font-size: .6875rem; font-weight: normal;
  vertical-align: super; line-height: 1; text-decoration: none; color: var(--paper);
}
.ref.error { background: var(--error); }
.ref.warning { background: var(--warning); }
.ref.info { background: var(--info); }
.gap {
  display: inline-block; padding: 0 .5em; border: 1px dashed; border-radius: .3em;
  font-size: .875rem; font-weight: normal; line-height: 1.6; white-space: normal; text-align: left;
}
.gap.error { color: var(--error); background: var(--error-back); }
.gap.warning { color: var(--warning); background: var(--warning-back); }
.gap.info { color: var(--info); background: var(--info-back); }
:target { scroll-margin-top: 30vh; }
section:target { scroll-margin-top: 1rem; }
.list li:target, .gap:target, .here:target + mark, .here:target + .here + mark {
  outline: 3px solid var(--link); outline-offset: 1px;
}
.rules dt { margin-top: .8rem; }
.rules dd { margin: .1rem 0 0 1.5rem; }
.rules dt:target { outline: 3px solid var(--link); outline-offset: 3px; }
#show-error:focus-visible ~ header label.error,
#show-warning:focus-visible ~ header label.warning,
#show-info:focus-visible ~ header label.info { outline: 3px solid var(--link); }
#show-error:not(:checked) ~ header label.error,
#show-warning:not(:checked) ~ header label.warning,
#show-info:not(:checked) ~ header label.info { opacity: .45; text-decoration: line-through; }
#show-error:not(:checked) ~ main :is(li.error, .ref.error, .gap.error),
#show-warning:not(:checked) ~ main :is(li.warning, .ref.warning, .gap.warning),
#show-info:not(:checked) ~ main :is(li.info, .ref.info, .gap.info) { display: none; }
#show-error:not(:checked) ~ main mark.error,
#show-warning:not(:checked) ~ main mark.warning,
#show-info:not(:checked) ~ main mark.info { background: none; border-bottom: 0; }
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --back: #fff; --ink: #000; --soft: #444; --line: #999; --link: #000;
    --shade: #fff; --error: #8f1d16; --error-back: #fde1de; --warning: #6b4000;
    --warning-back: #ffefc7; --info: #1a4c99; --info-back: #e0ecff;
  }
  @page { margin: 18mm 16mm; }
  body { font-size: 10.5pt; }
  header, main, footer { max-width: none; padding: 0; }
  nav, section, .clean { padding: 0; border: 0; }
  .hint, .up { display: none; }
  .pair { display: block; }
  .pair aside { position: static; max-height: none; overflow: visible; margin-bottom: 1rem; }
  .list li { padding: .1rem .5rem; break-inside: avoid; }
  .draft { font-size: 11pt; line-height: 1.8; }
  h2, h3, dt { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  mark, .chip, .gap, .ref { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
