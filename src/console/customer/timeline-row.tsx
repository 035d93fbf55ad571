import { Button } from "react-aria-components/Button";
import { Disclosure, DisclosurePanel } from "react-aria-components/Disclosure";
import { useQuery } from "urql";
import { graphql } from "../api/graphql.ts";
import { ChannelTag } from "../parts/channel.tsx";
import { clockOf, lengthOf, momentOf, moneyText, wordsOf } from "../parts/format.ts";
import { Answer, Skeleton } from "../parts/states.tsx";
import type { TimelineEntry } from "./timeline.tsx";

/** One interaction; its touchpoints open below. */
export function TimelineRow({ entry }: { entry: TimelineEntry }) {
  const steps = entry.touchpoints.totalCount ?? 0;
  return (
    <li className="entry" data-channel={entry.channelType}>
      <Disclosure>
        {({ isExpanded }) => (
          <>
            <Button slot="trigger" className="entry-head">
              <time dateTime={entry.sessionStartTime}>{momentOf(entry.sessionStartTime)}</time>
              <ChannelTag channel={entry.channelType} />
              <span className="entry-title">{titleOf(entry)}</span>
              <span className="row tight">
                <Outcome entry={entry} />
              </span>
              <span className="soft entry-length">{lengthOf(entry.interactionSeconds ?? entry.sessionSeconds)}</span>
              <span className="chevron" aria-hidden="true" />
            </Button>
            {entry.interactionNotes && <p className="entry-notes">{entry.interactionNotes}</p>}
            <DisclosurePanel className="entry-body">
              {isExpanded && <Details entry={entry} steps={steps} />}
            </DisclosurePanel>
          </>
        )}
      </Disclosure>
    </li>
  );
}

/** The title: a call's reason, a menu's intent, a visit's path. */
function titleOf({ callReason, intent, touchpoints }: TimelineEntry): string {
  const named = callReason ?? intent;
  if (named) return named;
  const way = touchpoints.nodes.map(({ kind, name }) => (kind === "SEARCH" ? `“${name}”` : (name ?? wordsOf(kind))));
  const rest = (touchpoints.totalCount ?? 0) - way.length;
  return way.join(" › ") + (rest > 0 ? ` › ${rest} more` : "");
}

function Outcome({ entry }: { entry: TimelineEntry }) {
  const { outcome, isResolved, isTransferred } = entry;
  return (
    <>
      {isResolved === false && (
        <span className="tag" data-tone="warn">
          not resolved
        </span>
      )}
      {isResolved === true && (
        <span className="tag" data-tone="good">
          resolved
        </span>
      )}
      {outcome && outcome !== "HANDLED" && <span className="tag">{wordsOf(outcome).toLowerCase()}</span>}
      {isTransferred && outcome !== "TRANSFERRED_OUT" && <span className="tag">transferred</span>}
    </>
  );
}

function Details({ entry, steps }: { entry: TimelineEntry; steps: number }) {
  const facts: [string, string | null][] = [
    ["Agent", [entry.agentId, entry.team].filter(Boolean).join(", ") || null],
    ["Waited", entry.queueSeconds === null ? null : lengthOf(entry.queueSeconds)],
    ["Satisfaction", entry.csatScore === null ? null : `${entry.csatScore} of ${entry.csatScaleMax ?? 5}`],
    ["Cost", entry.cost && moneyText(entry.cost)],
    ["Campaign", entry.campaign],
    ["Web page before", pageBefore(entry.match)],
    ["Sent by", entry.source],
    ["Worth a look", entry.dataQuality.map(({ field, message }) => `${field}: ${message}`).join(" ") || null],
  ];
  return (
    <>
      <dl className="facts across">
        {facts.map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {steps > 1 && <Steps interactionId={entry.id} />}
    </>
  );
}

function pageBefore(match: TimelineEntry["match"]): string | null {
  if (!match) return null;
  if (match.status !== "MATCHED") return wordsOf(match.status).toLowerCase();
  return `${match.page ?? "a page"}, ${lengthOf(match.secondsBeforeCall)} before the call`;
}

const stepsQuery = graphql(`
  query Steps($id: ID!) {
    node(id: $id) {
      __typename
      ... on Interaction {
        id
        touchpoints(first: 100) {
          totalCount
          nodes { id occurredAt kind name section url value { amount currency } }
        }
      }
    }
  }
`);

function Steps({ interactionId }: { interactionId: string }) {
  const [result, again] = useQuery({ query: stepsQuery, variables: { id: interactionId } });
  return (
    <Answer of={result} again={again} skeleton={<Skeleton lines={3} />}>
      {({ node }) => (
        <ol className="steps">
          {node?.__typename === "Interaction" &&
            node.touchpoints.nodes.map((step) => (
              <li key={step.id}>
                <time dateTime={step.occurredAt}>{clockOf(step.occurredAt)}</time>
                <span className="soft">{wordsOf(step.kind)}</span>
                <span>
                  {step.name ?? step.url}
                  {step.value && <strong> {moneyText(step.value)}</strong>}
                </span>
              </li>
            ))}
        </ol>
      )}
    </Answer>
  );
}
