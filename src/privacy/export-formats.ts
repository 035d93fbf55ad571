import type { ExportWriter } from "./export.ts";

type Write = (text: string) => Promise<void>;

/** One JSON document: each table by its name, its rows whole. */
export function jsonExport(write: Write): ExportWriter {
  let isFirstTable = true;
  let isFirstRow = true;
  return {
    begin: ({ customerId, exportedAt }) =>
      write(`{"customerId":${JSON.stringify(customerId)},"exportedAt":${JSON.stringify(exportedAt)},"tables":{`),
    async table(name) {
      await write(`${isFirstTable ? "" : "],"}\n${JSON.stringify(name)}:[`);
      isFirstTable = false;
      isFirstRow = true;
    },
    async row(json) {
      await write(`${isFirstRow ? "" : ","}\n${json}`);
      isFirstRow = false;
    },
    end: () => write(`${isFirstTable ? "" : "]"}}}\n`),
  };
}

/** What the customer reads first: the tables in words. */
const TITLES: Readonly<Record<string, string>> = {
  identities: "What you are known by",
  customer_records: "What sources say of you",
  interactions: "Contacts",
  touchpoints: "What you did, moment by moment",
  items: "Pages, searches and campaigns of those moments",
  revisions: "Earlier versions of these",
  history: "What these said before they changed",
  sightings: "Which identities stood on one record",
  assignments: "Whose each identity was, and when",
  conflicts: "Identities that were kept apart",
  verdicts: "What people decided about your identities",
  calls: "Announced calls",
  pops: "Screens on which those calls rang",
  outbox: "What those screens were told",
  tracking_leases: "Telephone numbers that you were shown",
  ingest_keys: "By which your records are known when they come again",
  batches: "How your records came in",
  idempotency_keys: "Answers that senders were given",
  audit: "Who looked at you, and when",
  rejections: "What was refused",
  originals: "Messages as they were sent",
};

const HEAD = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;border-top:1px solid #ccc;padding:.5rem 0;margin:0}
dt{color:#555}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}</style>`;

/** One page that needs nothing else: each row is what its columns say, those without a value left out. */
export function pageExport(write: Write): ExportWriter {
  let rows = 0;
  let isOpen = false;
  const close = async () => {
    if (isOpen) await write(`${rows === 0 ? "<p>Nothing.</p>" : ""}</section>\n`);
  };
  return {
    begin: ({ customerId, exportedAt }) =>
      write(`${HEAD}<title>All that is held</title><h1>All that is held</h1>
<p>Of customer ${escaped(customerId)}, as of ${escaped(exportedAt)}.</p>\n`),
    async table(name) {
      await close();
      [rows, isOpen] = [0, true];
      await write(`<section><h2>${escaped(TITLES[name] ?? name)}</h2><p><code>${escaped(name)}</code></p>\n`);
    },
    async row(json) {
      rows += 1;
      const said = Object.entries(JSON.parse(json.replace(LONG, '"$&"'), leftOut) as object).filter(
        ([, value]) => value !== null,
      );
      const lines = said.map(([column, value]) => `<dt>${escaped(column)}</dt><dd>${escaped(textOf(value))}</dd>`);
      await write(`<dl>${lines.join("")}</dl>\n`);
    },
    async end() {
      await close();
      await write("</html>\n");
    },
  };
}

/** Whole numbers that JavaScript would round. */
const LONG = /(?<=[:,[]\s*)\d{16,}(?=\s*[,}\]])/g;
/** What a document does not say is not shown. */
const leftOut = (_: string, value: unknown) => (value === null ? undefined : value);

const textOf = (value: unknown) => (typeof value === "object" ? JSON.stringify(value, null, 1) : String(value));

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
