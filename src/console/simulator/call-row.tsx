import type { FormEvent } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { graphql } from "../api/graphql.ts";
import { faultsOf } from "../customers/faults.ts";
import { clockOf } from "../parts/format.ts";

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

/** A call that this page announced. */
export interface Call {
  callId: string;
  from: string;
  agentId: string;
  at: string;
  state: "rings" | "transferred" | "ended";
}

interface CallRowProps {
  call: Call;
  onChange: (part: Partial<Call>) => void;
  onFault: (faults: string[]) => void;
}

/** One call, and what the telephone system could do with it next. */
export function CallRow(props: CallRowProps) {
  const { from, agentId, at, state } = props.call;
  return (
    <li className="stack call">
      <span className="row">
        <strong>{from || "withheld"}</strong> <span className="soft">{clockOf(at)}</span>
        <span className="tag" data-tone={state === "ended" ? undefined : "accent"}>
          {state === "ended" ? "ended" : `${state === "rings" ? "rings at" : "transferred to"} ${agentId}`}
        </span>
      </span>
      {state !== "ended" && <NextStep {...props} />}
    </li>
  );
}

function NextStep({ call: { callId }, onChange, onFault }: CallRowProps) {
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
    <form className="row" onSubmit={hand}>
      <input name="to" aria-label="Transfer to agent" placeholder="another agent" required />
      <Button type="submit" className="button">
        Transfer
      </Button>
      <Button className="button" onPress={hangUp}>
        End
      </Button>
    </form>
  );
}
