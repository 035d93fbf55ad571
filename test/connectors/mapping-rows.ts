import type { AdaptedRecord } from "../../src/connectors/adapter.ts";
import { type FileRow, openMapping } from "../../src/connectors/mapping/adapt.ts";
import { readMapping } from "../../src/connectors/mapping/read.ts";

/** A mapping of calls whose fields, values and the rest are given as YAML. */
export function adapt(row: FileRow, { fields = "", top = "", record = "" }): readonly AdaptedRecord[] {
  const text = [
    "source: pbx",
    "format: csv",
    top,
    "records:",
    "  - kind: call",
    "    sourceId: id",
    record,
    `    fields: { ${fields} }`,
  ];
  const mapping = readMapping(text.join("\n"), "test");
  return openMapping(mapping, { modifiedAt: new Date("2026-11-20T06:00:00Z") }).adapt(row);
}

/** The one field that `rule` makes of the row. */
export function field(name: string, rule: string, { row = {} as FileRow, top = "" } = {}): unknown {
  const [record] = adapt({ id: "1", ...row }, { fields: `${name}: ${rule}`, top });
  return record?.rejected ? record.rejected.reason : record?.body[name];
}
