import { stringify } from "csv-stringify/sync";
import type { TestApp } from "../app/use-app.ts";
import { importer, type useFiles } from "../cli/importing.ts";
import { type Body, GIVEN, type Kind } from "./generated.ts";

/** An entry point: takes one record in, and answers what became of it. */
export type FactsEntry = (kind: Kind, body: Body) => Promise<string>;

export const WEBHOOK_SECRET = "cloudevents-secret";

const MUTATIONS: Readonly<Record<Kind, string>> = {
  interaction:
    "mutation ($in: LogInteractionInput!) { done: logInteraction(input: $in) { status userErrors { message } } }",
  call: "mutation ($in: LogCallInput!) { done: logCall(input: $in) { status userErrors { message } } }",
  touchpoint:
    "mutation ($in: TouchpointInput!) { list: recordTouchpoints(inputs: [$in]) { receipts { status } userErrors { message } } }",
  customer:
    "mutation ($in: UpsertCustomerInput!) { done: upsertCustomer(input: $in) { status userErrors { message } } }",
};

interface Rooms {
  house: TestApp;
  files: ReturnType<typeof useFiles>;
}

export function doorsOf({
  house,
  files,
}: Rooms): Readonly<Record<"GraphQL" | "REST" | "a webhook" | "an import", FactsEntry>> {
  return {
    async GraphQL(kind, body) {
      const { data, errors } = await house.ask(MUTATIONS[kind], { in: body });
      if (errors) return errors[0]!.message;
      const { receipts, userErrors, status } = data.done ?? data.list;
      return userErrors[0]?.message ?? status ?? receipts[0].status;
    },
    async REST(kind, body) {
      return statusIn(await house.post(`/v1/${kind}s`, body));
    },
    async "a webhook"(kind, body) {
      const event = { specversion: "1.0", type: `customer360.${kind}`, source: "x", id: "x", data: body };
      return statusIn(await house.post("/v1/webhooks/cloudevents", event, { "x-webhook-secret": WEBHOOK_SECRET }));
    },
    async "an import"(kind, body) {
      const file = files.write(`${kind}.csv`, stringify([cellsOf(kind, body)], { header: true }));
      const mapping = files.write(`${kind}.json`, JSON.stringify(mappingOf(kind, body)));
      const { ingest, refreshRules: refresh } = house.app.core;
      const { receipts } = await importer(house, { ...ingest, refresh })(file, mapping);
      return Object.keys(receipts).join();
    },
  };
}

async function statusIn(reply: Response): Promise<string> {
  const { receipts, error } = (await reply.json()) as {
    receipts?: { status: string; message: string | null }[];
    error?: { message: string };
  };
  const [receipt] = receipts ?? [];
  return receipt ? (receipt.message ?? receipt.status) : String(error?.message);
}

/** The body as cells of text; of money two. */
function cellsOf(kind: Kind, body: Body): Record<string, string> {
  const cells = GIVEN[kind].flatMap(({ name, type }) => {
    const value = body[name];
    if (type === "money") {
      const { amount, currency } = value as { amount: string; currency: string };
      return [
        [name, amount],
        [`${name}Currency`, currency],
      ];
    }
    if (type === "list") return [[name, (value as string[]).join(";")]];
    return [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
  });
  const identities = (body.identities as { namespace: string; value: string }[]).map((one) => [
    one.namespace,
    one.value,
  ]);
  return Object.fromEntries([["key", body.sourceId], ...identities, ...cells]);
}

/** A mapping that says of no field what it holds. */
function mappingOf(kind: Kind, { source }: Body): object {
  const fields = GIVEN[kind].map(({ name, type }) => [
    name,
    type === "money" ? { column: name, currencyColumn: `${name}Currency` } : name,
  ]);
  const identities = ["custid", "globalcustid"].map((namespace) => ({ namespace, column: namespace }));
  return {
    source,
    format: "csv",
    records: [{ kind, sourceId: "key", fields: Object.fromEntries(fields), identities }],
  };
}
