import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation, useQuery } from "urql";
import { graphql, type ResultOf } from "../api/graphql.ts";
import { faultsOf } from "../customers/faults.ts";
import { agoOf, dayOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import { PageHead, Panel } from "../parts/panel.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { Answer, Empty } from "../parts/states.tsx";
import { NewKeySheet } from "./new-key.tsx";

const keysQuery = graphql(`
  query ApiKeys {
    apiKeys { id name role agentId createdAt expiresAt revokedAt lastUsedAt }
  }
`);

const revoke = graphql(`
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id) {
      apiKey { id revokedAt }
      userErrors { message }
    }
  }
`);

type Key = ResultOf<typeof keysQuery>["apiKeys"][number];

/** An empty list names no type, so without this the list would not be refreshed after the first key is made. */
const KEYS = { additionalTypenames: ["ApiKey"] };

/** The keys of the API: each system and person has one, with one role. */
export function Keys() {
  const [isMaking, setMaking] = useState(false);
  const [stopping, setStopping] = useState<Key | null>(null);
  const [result, again] = useQuery({ query: keysQuery, requestPolicy: "cache-and-network", context: KEYS });
  return (
    <>
      <PageHead title="API keys">One for each system and person, so that each can be stopped by itself.</PageHead>
      <Answer of={result} again={again}>
        {({ apiKeys }) => (
          <Panel
            isFlush
            title={titleOf(apiKeys.filter((key) => stateOf(key).label === "valid").length)}
            tools={
              <Button className="button primary" onPress={() => setMaking(true)}>
                New key …
              </Button>
            }
          >
            {apiKeys.length === 0 ? (
              <Empty title="There are no keys yet">Make one for each system that sends or asks.</Empty>
            ) : (
              <Table keys={apiKeys} onStop={setStopping} />
            )}
          </Panel>
        )}
      </Answer>
      {isMaking && <NewKeySheet onClose={() => setMaking(false)} />}
      {stopping && <Stop stopping={stopping} onClose={() => setStopping(null)} />}
    </>
  );
}

function Table({ keys, onStop }: { keys: readonly Key[]; onStop: (key: Key) => void }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="API keys" tabIndex={0}>
      <table>
        <caption className="unseen">API keys, those in force first</caption>
        <thead>
          <tr>
            <th>Name</th>
            <th>Role</th>
            <th>Agent</th>
            <th>State</th>
            <th>Made</th>
            <th>Last used</th>
            <th>
              <span className="unseen">Stop it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {inForceFirst(keys).map((key) => (
            <Row key={key.id} of={key} onStop={() => onStop(key)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ of: key, onStop }: { of: Key; onStop: () => void }) {
  const now = useNow();
  const { label, tone } = stateOf(key);
  return (
    <tr>
      <td>
        <strong>{key.name}</strong>
      </td>
      <td>{key.role ?? "unknown"}</td>
      <td>{key.agentId}</td>
      <td className="keep">
        <span className="tag" data-tone={tone}>
          {label}
        </span>{" "}
        <span className="soft">{whenOf(key)}</span>
      </td>
      <td className="keep">{dayOf(key.createdAt)}</td>
      <td className="keep">{key.lastUsedAt ? agoOf(key.lastUsedAt, now) : "never"}</td>
      <td className="number">
        {label === "valid" && (
          <Button className="button quiet small" onPress={onStop} aria-label={`Revoke ${key.name}`}>
            Revoke …
          </Button>
        )}
      </td>
    </tr>
  );
}

function Stop({ stopping: { id, name, role }, onClose }: { stopping: Key; onClose: () => void }) {
  const [{ fetching }, send] = useMutation(revoke);
  const [faults, setFaults] = useState<string[]>([]);

  async function stop() {
    const { data, error } = await send({ id });
    const found = faultsOf(error, data?.revokeApiKey.userErrors);
    setFaults(found);
    if (found.length === 0) onClose();
  }

  return (
    <Sheet title={`Revoke ${name}`} isOpen onClose={onClose}>
      <div className="stack">
        <p>Whoever uses this {role} key is shut out within five seconds, for good. It cannot be taken back.</p>
        {faults.map((fault) => (
          <p key={fault} className="refusal" role="alert">
            {fault}
          </p>
        ))}
        <div className="row end">
          <Button className="button" onPress={onClose}>
            Leave it
          </Button>
          <Button className="button danger" onPress={stop} isDisabled={fetching}>
            Revoke the key
          </Button>
        </div>
      </div>
    </Sheet>
  );
}

function stateOf({ revokedAt, expiresAt }: Key): { label: string; tone?: string } {
  if (revokedAt) return { label: "revoked", tone: "bad" };
  if (expiresAt && Date.parse(expiresAt) <= Date.now()) return { label: "expired", tone: "warn" };
  return { label: "valid", tone: "good" };
}

function whenOf({ revokedAt, expiresAt }: Key): string {
  if (revokedAt) return dayOf(revokedAt);
  return expiresAt ? `until ${dayOf(expiresAt)}` : "";
}

function inForceFirst(keys: readonly Key[]): Key[] {
  const rank = (key: Key) => Number(stateOf(key).label !== "valid");
  return keys.toSorted((a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt));
}

const titleOf = (valid: number) => (valid === 1 ? "1 valid key" : `${valid} valid keys`);
