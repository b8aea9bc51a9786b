import { MALFORMED_XML, S3Error } from "./s3-error.ts";

const ESCAPES: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&apos;" };
const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** Control characters become references: S3 does so too, and keys may hold them. */
export function escapeXml(value: string): string {
  return value.replace(/[<>&"']|[\u0000-\u001f\u007f\ufffe\uffff]/g, (character) => {
    return ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
  });
}

/** An element whose content is text. */
export function textElement(name: string, value: string | number | boolean): string {
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

/** An element whose content is markup already. */
export function element(name: string, children: readonly string[]): string {
  return `<${name}>${children.join("")}</${name}>`;
}

export function xmlDocument(name: string, children: readonly string[]): string {
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`;
  return `${head}${children.join("")}</${name}>`;
}

export interface XmlNode {
  name: string;
  text: string;
  children: XmlNode[];
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith("#")) return NAMED[entity] ?? whole;
    const code = entity[1]?.toLowerCase() === "x" ? parseInt(entity.slice(2), 16) : parseInt(entity.slice(1), 10);
    if (code > 0x10ffff) throw new S3Error(MALFORMED_XML, "The document names a character that does not exist.");
    return String.fromCodePoint(code);
  });
}

const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)([^<>]*?)(\/?)>|([^<]+)/y;
const DEPTH_MAX = 16;

/**
 * Reads the small documents that S3 clients send. Attributes, comments and namespace prefixes are dropped,
 * document type declarations are refused: nothing can be defined or included.
 */
export function parseXml(source: string): XmlNode {
  const root: XmlNode = { name: "", text: "", children: [] };
  const open: XmlNode[] = [root];
  let at = source.startsWith("\ufeff") ? 1 : 0;
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(source);
    const top = open.at(-1);
    if (!token || !top || open.length > DEPTH_MAX) throw new S3Error(MALFORMED_XML, "The XML is not well formed.");
    at = TOKEN.lastIndex;
    const [, cdata, closing, fullName, , selfClosing, text] = token;
    if (text !== undefined) top.text += unescapeXml(text);
    else if (cdata !== undefined) top.text += cdata;
    else if (fullName !== undefined) {
      const name = fullName.slice(fullName.indexOf(":") + 1);
      if (closing) {
        if (top.name !== name || top === root) throw new S3Error(MALFORMED_XML, `The XML closes ${name} too early.`);
        open.pop();
      } else {
        const node: XmlNode = { name, text: "", children: [] };
        top.children.push(node);
        if (!selfClosing) open.push(node);
      }
    }
  }
  const first = root.children[0];
  if (open.length !== 1 || !first) throw new S3Error(MALFORMED_XML, "The XML document is empty or ends too early.");
  return first;
}

export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

export function childText(node: XmlNode, name: string): string | undefined {
  return node.children.find((child) => child.name === name)?.text.trim();
}

export function childTexts(node: XmlNode, name: string): string[] {
  return childrenOf(node, name).map((child) => child.text.trim());
}
