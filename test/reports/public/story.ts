import type { TestApp } from "../../app/use-app.ts";

/** A page that a customer views, or what they call about; null is a page without a name. */
export interface Moment {
  at: Date;
  page?: string | null;
  call?: string;
  /** Of a call, in US dollars. */
  revenue?: number;
}

export const PERIOD = { from: "2018-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };

/**
 * What customers do, told and asked over HTTP. An app remembers the names that it stored while its tables are emptied
 * between tests, so every test has names of its own: those of its tag.
 */
export function storyOf(house: TestApp, tag: string) {
  const nameOf = (page: string) => `${tag}: ${page}`;
  const plainOf = (name: string) => name.slice(tag.length + 2);

  async function tell(stories: readonly (readonly Moment[])[]): Promise<void> {
    const told = stories.flatMap((moments, who) => moments.map((moment, i) => ({ ...moment, who, i })));
    const common = ({ who, i }: { who: number; i: number }) => ({
      source: "test",
      sourceId: `${who}/${i}`,
      identities: [{ namespace: "custid", value: String(who + 1) }],
    });
    await send(
      "touchpoints",
      told
        .filter(({ call }) => call === undefined)
        .map((one) => ({
          ...common(one),
          occurredAt: one.at,
          sequence: one.i,
          kind: "PAGE_VIEW",
          channel: "WEB",
          ...(one.page != null && { name: nameOf(one.page) }),
        })),
    );
    await send(
      "calls",
      told
        .filter(({ call }) => call !== undefined)
        .map((one) => ({
          ...common(one),
          startedAt: one.at,
          callReason: one.call,
          ...(one.revenue && { revenue: { amount: String(one.revenue), currency: "USD" } }),
        })),
    );
  }

  async function send(kind: string, records: readonly object[]): Promise<void> {
    if (records.length === 0) return;
    const reply = await house.post(`/v1/${kind}`, records);
    const said = await reply.text();
    if (!said.includes(`"counts":{"ACCEPTED":${records.length}}`)) throw new Error(said.slice(0, 500));
  }

  async function ask<Report>(name: string, input: object): Promise<Report> {
    const reply = await house.post(`/v1/reports/${name}`, { period: PERIOD, ...input });
    const report = (await reply.json()) as Report;
    if (reply.status !== 200) throw new Error(JSON.stringify(report));
    return report;
  }

  /** The credit of each page by one model, and what nothing led to by its reason. */
  async function credits(model: object, rest: object = {}): Promise<Credits> {
    const { models } = await ask<Attribution>("attribution", { models: [model], ...rest });
    const { rows, unattributed } = models[0]!;
    const reasons = unattributed.byReason.filter(({ value }) => value !== 0);
    return {
      ...Object.fromEntries(rows.map(({ item, credit }) => [plainOf(item), credit])),
      ...Object.fromEntries(reasons.map(({ reason, value }) => [reason, value])),
    };
  }

  return { tell, ask, credits, nameOf, plainOf };
}

export type Credits = Record<string, number>;

export interface Attribution {
  models: {
    rows: { item: string; credit: number; split: { value: string; credit: number }[] }[];
    unattributed: { byReason: { reason: string; value: number }[] };
  }[];
}

/** Credits are floats: equal to a billionth. */
export function rounded(credits: Credits, places = 9): Credits {
  return Object.fromEntries(Object.entries(credits).map(([item, credit]) => [item, Number(credit.toFixed(places))]));
}
