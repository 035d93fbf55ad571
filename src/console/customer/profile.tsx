import { ChannelTag } from "../parts/channel.tsx";
import { agoOf, countOf, dayOf, momentOf, moneyText, percentOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { flagsOf, nameOf, statedValuesOf } from "./facts.ts";
import type { Profile } from "./profile.query.ts";

/** The name, flags and numbers that matter during a call. */
export function ProfileHead({ customer, tools }: { customer: Profile; tools?: React.ReactNode }) {
  const now = useNow();
  const { summary } = customer;
  return (
    <section className="panel profile-head" aria-label="Customer">
      <div className="profile-name">
        <h1>{nameOf(customer)}</h1>
        <div className="row">
          {flagsOf(customer).map(({ label, tone }) => (
            <span key={label} className="tag" data-tone={tone}>
              {label}
            </span>
          ))}
        </div>
        {tools && <div className="row profile-tools">{tools}</div>}
      </div>
      <dl className="figures">
        <Figure label="Last seen" value={agoOf(summary.lastSeenAt, now)} />
        <Figure label="Calls in 30 days" value={countOf(summary.callsLast30Days)} />
        <Figure label="Last call about" value={summary.lastCallReason} />
        <Figure label="Satisfaction" value={summary.averageCsat === null ? null : percentOf(summary.averageCsat)} />
        <Figure label="Interactions" value={countOf(summary.interactionCount)} />
        <Figure label="Cost to serve" value={summary.costToServe.length ? moneyText(summary.costToServe) : null} />
      </dl>
    </section>
  );
}

function Figure({ label, value }: { label: string; value: string | null }) {
  if (!value) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** What sources state about the customer, and which source stated it. */
export function ProfileFacts({ customer }: { customer: Profile }) {
  const { record, summary } = customer;
  const facts = record ? statedValuesOf(record) : [];
  const origin = new Map(record?.provenance.map((origin) => [origin.field, origin]));
  return (
    <Panel title="Profile">
      {facts.length === 0 && <Empty title="No source has stated anything yet" />}
      <dl className="facts">
        {facts.map(({ field, label, value }) => (
          <div key={field} title={originOf(origin.get(field))}>
            <dt>{label}</dt>
            <dd>
              {value}
              {origin.get(field)?.isDerived && <span className="soft"> (counted)</span>}
            </dd>
          </div>
        ))}
        {summary.byChannel.length > 0 && (
          <div>
            <dt>Contacts</dt>
            <dd className="row">
              {summary.byChannel.map(({ channel, interactions }) => (
                <span key={channel} className="row tight">
                  <ChannelTag channel={channel} /> {interactions}
                </span>
              ))}
            </dd>
          </div>
        )}
        <div>
          <dt>Known since</dt>
          <dd>{dayOf(summary.firstSeenAt ?? customer.createdAt)}</dd>
        </div>
      </dl>
    </Panel>
  );
}

function originOf(origin: { source: string; observedAt: string; isDerived: boolean } | undefined): string | undefined {
  if (!origin) return undefined;
  const how = origin.isDerived ? "Counted from what happened" : `Stated by ${origin.source}`;
  return `${how}, ${momentOf(origin.observedAt)}`;
}

/** The scores of models elsewhere. They come first, since they are why the screen was opened. */
export function Signals({ customer }: { customer: Profile }) {
  if (customer.signals.length === 0) return null;
  return (
    <Panel title="Signals">
      <ul className="stack">
        {customer.signals.map(({ code, score, reason, source }) => (
          <li key={code}>
            <span className="row">
              <strong>{code}</strong>
              {score !== null && <span className="tag">{score.toFixed(2)}</span>}
              <span className="soft">{source}</span>
            </span>
            <p>{reason}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
