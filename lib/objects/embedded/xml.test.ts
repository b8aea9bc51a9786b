import { describe, expect, it } from "vitest";
import { childText, childTexts, childrenOf, escapeXml, parseXml, textElement } from "./xml.ts";

describe("xml", () => {
  it("any text survives being written and read", () => {
    const text = `<a href="x">&amp; 'ü' 😀 \u0001\t\n</a> ]]>`;
    expect(parseXml(textElement("Key", text)).text).toBe(text);
    expect(escapeXml("\u0001")).toBe("&#x1;");
  });

  it("elements are found whatever their namespace, attributes and spacing", () => {
    const node = parseXml(`<?xml version="1.0"?>
      <!-- comment --><s3:Delete xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/">
        <s3:Object a='1'><s3:Key> x </s3:Key></s3:Object><s3:Object><Key><![CDATA[<y>]]></Key><Empty/></s3:Object>
      </s3:Delete>`);
    expect(node.name).toBe("Delete");
    expect(childrenOf(node, "Object").flatMap((child) => childTexts(child, "Key"))).toEqual(["x", "<y>"]);
    expect(childText(node, "Missing")).toBeUndefined();
  });

  it.each([
    "",
    "text",
    "<a>",
    "<a></b>",
    "</a>",
    "<a",
    "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "<a>&#x999999;</a>",
  ])("%j is refused", (source) => {
    expect(() => parseXml(source)).toThrow(expect.objectContaining({ code: "MalformedXML" }));
  });

  it("depth is bounded", () => {
    expect(() => parseXml("<a>".repeat(100_000))).toThrow(expect.objectContaining({ code: "MalformedXML" }));
  });
});
