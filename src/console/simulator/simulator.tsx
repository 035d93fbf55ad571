import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { graphql } from "../api/graphql.ts";
import { faultsOf } from "../customers/faults.ts";
import { clockOf } from "../parts/format.ts";
import { PageHead, Panel } from "../parts/panel.tsx";
import { randomId } from "../parts/random.ts";
import "./simulator.css";

const announce = graphql(`
  mutation Announce($input: AnnounceCallInput!) {
    announceCall(input: $input) {
      callId
      userErrors { message }
    }
  }
`);
const transfer = graphql(`
  mutation Transfer($callId: ID!, $agentId: String!) {
    transferCall(callId: $callId, agentId: $agentId) {
      callId
      userErrors { message }
    }
  }
`);
const end = graphql(`
  mutation End($callId: ID!) {
    endCall(callId: $callId) {
      callId
      userErrors { message }
    }
  }
`);

interface Call {
  callId: string;
  from: string;
  agentId: string;
  at: string;
  state: "rings" | "transferred" | "ended";
}

/** Rings a desk as an IVR would: for demonstrations and for trying things out. */
export function SimulatorPage() {
  const [calls, setCalls] = useState<Call[]>([]);
  const [faults, setFaults] = useState<string[]>([]);
  const [{ fetching }, send] = useMutation(announce);

  async function ring(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const [from, agentId, at] = [text("from"), text("agentId"), new Date().toISOString()];
    const input = {
      source: "simulator",
      sourceId: randomId(),
      identities: from ? [{ namespace: "phone", value: from }] : [],
      agentId,
      ringingAt: at,
      callReason: text("callReason") || null,
    };
    const { data, error } = await send({ input });
    const found = faultsOf(error, data?.announceCall.userErrors);
    setFaults(found);
    const callId = data?.announceCall.callId;
    if (found.length === 0 && callId) setCalls((known) => [{ callId, from, agentId, at, state: "rings" }, ...known]);
  }

  const change = (callId: string, part: Partial<Call>) =>
    setCalls((known) => known.map((call) => (call.callId === callId ? { ...call, ...part } : call)));
  return (
    <>
      <PageHead title="Simulator">
        Rings a desk as the telephone system would. Open the desk in another window.
      </PageHead>
      <div className="simulator">
        <Panel title="A call comes in">
          <form className="stack" onSubmit={ring}>
            <Field name="from" label="Caller's number, empty when withheld" value="+442079460012" />
            <Field name="agentId" label="Rings at agent" value="maya.billing-a.1" isRequired />
            <Field name="callReason" label="What the caller told the menu" value="invoice" />
            {faults.map((fault) => (
              <p key={fault} className="refusal" role="alert">
                {fault}
              </p>
            ))}
            <Button type="submit" className="button primary" isDisabled={fetching}>
              Ring
            </Button>
          </form>
        </Panel>
        <Panel title="Calls of this page">
          {calls.length === 0 && <p className="note">None yet.</p>}
          <ul className="stack">
            {calls.map((call) => (
              <CallRow
                key={call.callId}
                call={call}
                onChange={(part) => change(call.callId, part)}
                onFault={setFaults}
              />
            ))}
          </ul>
        </Panel>
      </div>
    </>
  );
}

interface CallRowProps {
  call: Call;
  onChange: (part: Partial<Call>) => void;
  onFault: (faults: string[]) => void;
}

function CallRow({ call: { callId, from, agentId, at, state }, onChange, onFault }: CallRowProps) {
  const [, sendTransfer] = useMutation(transfer);
  const [, sendEnd] = useMutation(end);

  async function hand(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const to = String(new FormData(event.currentTarget).get("to") ?? "").trim();
    const { data, error } = await sendTransfer({ callId, agentId: to });
    const found = faultsOf(error, data?.transferCall.userErrors);
    onFault(found);
    if (found.length === 0) onChange({ agentId: to, state: "transferred" });
  }

  async function hangUp() {
    const { data, error } = await sendEnd({ callId });
    const found = faultsOf(error, data?.endCall.userErrors);
    onFault(found);
    if (found.length === 0) onChange({ state: "ended" });
  }

  return (
    <li className="stack call">
      <span className="row">
        <strong>{from || "withheld"}</strong> <span className="soft">{clockOf(at)}</span>
        <span className="tag" data-tone={state === "ended" ? undefined : "accent"}>
          {state === "ended" ? "ended" : `${state === "rings" ? "rings at" : "transferred to"} ${agentId}`}
        </span>
      </span>
      {state !== "ended" && (
        <form className="row" onSubmit={hand}>
          <input name="to" aria-label="Transfer to agent" placeholder="another agent" required />
          <Button type="submit" className="button">
            Transfer
          </Button>
          <Button className="button" onPress={hangUp}>
            End
          </Button>
        </form>
      )}
    </li>
  );
}

function Field({
  name,
  label,
  value,
  isRequired,
}: {
  name: string;
  label: string;
  value: string;
  isRequired?: boolean;
}) {
  return (
    <label className="field">
      {label}
      <input name={name} defaultValue={value} required={isRequired} autoComplete="off" />
    </label>
  );
}
