import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { graphql } from "../api/graphql.ts";
import { faultsOf } from "../customers/faults.ts";
import { PageHead, Panel } from "../parts/panel.tsx";
import { randomId } from "../parts/random.ts";
import { type Call, CallRow } from "./call-row.tsx";
import "./simulator.css";

const announce = graphql(`
  mutation Announce($input: AnnounceCallInput!) {
    announceCall(input: $input) {
      callId
      userErrors { message }
    }
  }
`);
/** Announces calls as an IVR would, for demonstrations. */
export function SimulatorPage() {
  const [calls, setCalls] = useState<Call[]>([]);
  const [faults, setFaults] = useState<string[]>([]);
  const change = (callId: string, part: Partial<Call>) =>
    setCalls((known) => known.map((call) => (call.callId === callId ? { ...call, ...part } : call)));
  return (
    <>
      <PageHead title="Simulator">
        Rings a desk as the telephone system would. Open the desk in another window.
      </PageHead>
      <div className="simulator">
        <Panel title="A call comes in">
          <Ring faults={faults} onFault={setFaults} onRing={(call) => setCalls((known) => [call, ...known])} />
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

interface RingProps {
  faults: string[];
  onFault: (faults: string[]) => void;
  onRing: (call: Call) => void;
}

function Ring({ faults, onFault, onRing }: RingProps) {
  const [{ fetching }, send] = useMutation(announce);

  async function ring(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const [from, agentId, at] = [text("from"), text("agentId"), new Date().toISOString()];
    const identities = from ? [{ namespace: "phone", value: from }] : [];
    const call = { source: "simulator", sourceId: randomId(), identities, agentId, ringingAt: at };
    const { data, error } = await send({ input: { ...call, callReason: text("callReason") || null } });
    onFault(faultsOf(error, data?.announceCall.userErrors));
    const callId = data?.announceCall.callId;
    if (callId) onRing({ callId, from, agentId, at, state: "rings" });
  }

  return (
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
  );
}

interface FieldProps {
  name: string;
  label: string;
  value: string;
  isRequired?: boolean;
}

function Field({ name, label, value, isRequired }: FieldProps) {
  return (
    <label className="field">
      {label}
      <input name={name} defaultValue={value} required={isRequired} autoComplete="off" />
    </label>
  );
}
