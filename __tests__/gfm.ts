// Reads Markdown as GitHub does (GitHub Flavored Markdown, addresses and links in decoded text included).
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>['children'][number];

interface Gfm {
  /** The text of each cell, by table and row, the head included. */
  tables: string[][][];
  /** The targets of links and images. */
  links: string[];
  images: string[];
  /** Tags and comments, except those of code and collapsed sections. */
  html: string[];
  /** Mentions as GitHub recognizes them: `@name` outside of code. */
  mentions: string[];
  /** The text outside of tables. */
  text: string;
}

/** CommonMark and HTML turn numeric entities of these into U+FFFD. */
const noncharacters =
  /[\ufdd0-\ufdef]|[\p{Cs}]|[\u{fffe}\u{ffff}\u{1fffe}\u{1ffff}\u{2fffe}-\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/gu;

/** The readable part of a text, without zero-width spaces and noncharacters. */
export function readable(text: string): string {
  return text.replaceAll('\u200b', '').replace(noncharacters, '\ufffd');
}

export function readGfm(markdown: string): Gfm {
  const read: Gfm = { tables: [], links: [], images: [], html: [], mentions: [], text: '' };
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  for (const node of root.children) {
    note(node, read, false);
    if (node.type === 'table') read.tables.push(node.children.map((row) => row.children.map(textOf)));
    else read.text += `${textOf(node)}\n`;
  }
  return read;
}

const codeTag = /^<\/?code>$/;
/** A collapsed section, whose title is plain text. */
const folded = /^<details><summary>[^<>]*<\/summary>$|^<\/details>$/;

/** @param isCode whether a `<code>` is open */
function note(node: Node, read: Gfm, isCode: boolean): void {
  if ('url' in node) (node.type === 'image' ? read.images : read.links).push(node.url);
  if (node.type === 'html' && !codeTag.test(node.value) && !folded.test(node.value)) read.html.push(node.value);
  if (node.type === 'text' && !isCode) read.mentions.push(...(node.value.match(/(?<!\w)@[a-z0-9][\w/-]*/gi) ?? []));
  let inCode = isCode;
  for (const child of 'children' in node ? node.children : []) {
    if (child.type === 'html' && codeTag.test(child.value)) inCode = child.value === '<code>';
    note(child, read, inCode);
  }
}

function textOf(node: Node): string {
  if ('children' in node) return node.children.map(textOf).join('');
  return 'value' in node && node.type !== 'html' ? readable(node.value) : '';
}
