import { describe, expect, it } from "vitest";
import { detectFileType, refusalOf } from "./magic.ts";
import { sniff } from "./sniff.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("sniff", () => {
  it("finds each delimiter, also where the decimal comma competes with it", () => {
    expect(sniff(bytes("a,b\n1.5,2\n")).delimiter).toBe(",");
    expect(sniff(bytes("a\tb\n1\t2\n")).delimiter).toBe("\t");
    expect(sniff(bytes("a|b\n1|2\n")).delimiter).toBe("|");
    const german = sniff(bytes("Zeit;Temp;Feuchte\n01.02.2020 12:00;1,5;60,1\n01.02.2020 12:10;1,6;60,2\n"));
    expect(german).toMatchObject({ delimiter: ";", decimalComma: true, columns: ["Zeit", "Temp", "Feuchte"] });
  });

  it("ignores delimiters inside quotes", () => {
    expect(sniff(bytes('name;note\n"a,b,c";"d,e,f"\n"g,h,i";"j,k,l"\n')).delimiter).toBe(";");
  });

  it("tells encodings apart", () => {
    expect(sniff(Buffer.from("t\xb0C,x\n1,2\n", "latin1"))).toMatchObject({
      encoding: "latin1",
      columns: ["t°C", "x"],
    });
    expect(sniff(bytes("\ufefft,x\n1,2\n"))).toMatchObject({ encoding: "utf-8-bom", columns: ["t", "x"] });
    expect(sniff(Buffer.from("\ufefft;x\n1;2\n", "utf16le"))).toMatchObject({
      encoding: "utf-16le",
      columns: ["t", "x"],
    });
    expect(sniff(Buffer.from("time;x\n1;2\n", "utf16le")).encoding).toBe("utf-16le");
    expect(sniff(bytes("t°C,x\n1,2\n")).encoding).toBe("utf-8");
  });

  it("does not take a sample cut inside a character for Latin-1", () => {
    const text = bytes("a,b\n1,°");
    expect(sniff(text.subarray(0, text.length - 1)).encoding).toBe("utf-8");
  });

  it("recognises a missing header and lines before one", () => {
    expect(sniff(bytes("2020-01-01,1\n2020-01-02,2\n"))).toMatchObject({
      hasHeader: false,
      headerRow: 0,
      columns: ["column_1", "column_2"],
    });
    const titled = sniff(bytes("Plot Title: roof\ntime,temp,rh\n2020-01-01 00:00,1,2\n2020-01-01 00:10,1,2\n"));
    expect(titled).toMatchObject({ hasHeader: true, headerRow: 2, columns: ["time", "temp", "rh"] });
    expect(sniff(bytes("time,10347324\n2020-01-01,1\n")).hasHeader).toBe(true);
  });

  it("reads one column, a header alone and a last line without end", () => {
    expect(sniff(bytes("value\n1\n2")).sampleRows).toEqual([["1"], ["2"]]);
    expect(sniff(bytes("time,value"))).toMatchObject({ columns: ["time", "value"], sampleRows: [] });
  });

  it("refuses what is no table with a sentence that helps", () => {
    expect(() => sniff(new Uint8Array())).toThrow("The file is empty.");
    expect(() => sniff(bytes("\n \n"))).toThrow("The file is empty.");
    expect(() => sniff(bytes("%PDF-1.7"))).toThrow("PDF document");
    expect(() => sniff(bytes("[[1, 2]]"))).toThrow("JSON file");
    expect(() => sniff(Uint8Array.from({ length: 900 }, (_, i) => (i * 7) % 31))).toThrow("Binary file");
  });

  it("survives a sample that is one endless line", () => {
    expect(sniff(new Uint8Array(262_144).fill(120)).columns).toHaveLength(1);
  });
});

describe("detectFileType", () => {
  it("goes by content, not by name", () => {
    expect(detectFileType(Uint8Array.of(0x1f, 0x8b, 8))).toBe("gzip");
    expect(detectFileType(bytes("PAR1xxxx"))).toBe("parquet");
    expect(detectFileType(bytes("PK\u0003\u0004".padEnd(30, "\0") + "data/a.csv"))).toBe("zip");
    const workbook = detectFileType(bytes("PK\u0003\u0004".padEnd(30, "\0") + "[Content_Types].xml"));
    expect(refusalOf(workbook)).toBe("Excel workbook. Save the sheet as CSV.");
    expect(refusalOf(detectFileType(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)))).toContain(
      "Save the sheet as CSV",
    );
    expect(detectFileType(bytes("<!doctype html><p>404"))).toBe("xml");
  });

  it("still takes a text file with a NUL-filled tail for text", () => {
    expect(detectFileType(bytes(`time,value\n1,2\n${"\0".repeat(3000)}`))).toBe("text");
    expect(detectFileType(new Uint8Array(100))).toBe("binary");
  });
});
