import { parseDocument } from "yaml";
import type { z } from "zod";
import { AppError } from "../../kit/errors.ts";
import { fieldsOf } from "./fields.ts";
import { type Mapping, mappingFile } from "./language.ts";

/** Reads a mapping from its text (YAML, which includes JSON); every error names the key to change. */
export function readMapping(text: string, name: string): Mapping {
  const document = parseDocument(text, { prettyErrors: true, version: "1.2" });
  const faults = document.errors.map(({ message }) => message.split("\n")[0]!);
  if (faults.length === 0) {
    const parsed = mappingFile.safeParse(document.toJS());
    if (parsed.success) faults.push(...misfitsOf(parsed.data));
    else faults.push(...parsed.error.issues.map(sentenceOf));
    if (parsed.success && faults.length === 0) return parsed.data;
  }
  throw new AppError(
    "BAD_INPUT",
    `The mapping ${name} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
  );
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const where = keyOf(issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return `${where}${where && ": "}there is no key ${issue.keys.join(", ")}.`;
    case "invalid_value":
      return `${where}: is one of ${issue.values.join(", ")}.`;
    case "invalid_type":
      return `${where || "the file"}: ${issue.input === undefined ? "is missing; it" : "it"} should be a ${issue.expected}.`;
    default:
      return `${where}: ${issue.message}`;
  }
}

/** `records[0].fields.startedAt.format`, as it would be written in JavaScript. */
function keyOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, position) => (typeof key === "number" ? `[${key}]` : `${position > 0 ? "." : ""}${String(key)}`))
    .join("");
}

/** Mistakes that only show in the mapping as a whole. */
function misfitsOf(mapping: Mapping): string[] {
  return [...strayFields(mapping), ...strayNames(mapping)];
}

function strayFields(mapping: Mapping): string[] {
  return mapping.records.flatMap((record, position) => {
    const known = fieldsOf(record.kind);
    const at = `records[${position}]`;
    return Object.keys(record.fields)
      .filter((field) => !known.includes(field))
      .map((field) => `${at}.fields.${field}: a ${record.kind} has no such field; it has ${known.join(", ")}.`);
  });
}

/** A time can only be compared with a named value. */
function strayNames({ values, records }: Mapping): string[] {
  const places = [
    ...Object.entries(values).map(([name, value]) => [`values.${name}`, value] as const),
    ...records.flatMap(({ fields }, position) =>
      Object.entries(fields).map(([name, value]) => [`records[${position}].fields.${name}`, value] as const),
    ),
  ];
  return places.flatMap(([at, value]) =>
    (["rollsOver", "notBefore"] as const)
      .filter((key) => value[key] !== undefined && !(value[key] in values))
      .map((key) => `${at}.${key}: "${value[key]}" is not among values.`),
  );
}
