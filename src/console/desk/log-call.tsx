import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { graphql } from "../api/graphql.ts";
import type { IdentityFields } from "../customer/profile.query.ts";
import { wordsOf } from "../parts/format.ts";
import { Sheet } from "../parts/sheet.tsx";
import { callOf } from "./call-form.ts";

const logCall = graphql(`
  mutation LogCall($input: LogCallInput!) {
    logCall(input: $input) {
      status
      interaction { id callReason }
      customer { id }
      userErrors { path code message }
    }
  }
`);

interface LogCallProps {
  identities: readonly IdentityFields[];
  isOpen: boolean;
  onClose: () => void;
  /** Who is logging it. */
  agentId: string;
  /** The call that was announced: logging it under its own key closes it. */
  call?: { source: string; sourceId: string; ringingAt: string; callReason: string | null };
}

/** "Log this call": the fields of a call, with what is known filled in. */
export function LogCall({ isOpen, ...form }: LogCallProps) {
  return (
    <Sheet title="Log this call" isOpen={isOpen} onClose={form.onClose} isWide>
      {isOpen && <CallForm {...form} />}
    </Sheet>
  );
}

function CallForm({ identities, onClose, agentId, call }: Omit<LogCallProps, "isOpen">) {
  const [{ fetching }, send] = useMutation(logCall);
  const [faults, setFaults] = useState<string[]>([]);
  // The same key at each try: a call that was sent twice is stored once.
  const [key] = useState(() => call ?? { source: "console", sourceId: crypto.randomUUID(), ringingAt: null });

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const input = callOf(new FormData(event.currentTarget), key);
    const { data, error } = await send({ input });
    const refusals = data?.logCall.userErrors.map(({ path, message }) =>
      `${path.slice(1).join(".")} ${message}`.trim(),
    );
    const found = error ? error.graphQLErrors.map(({ message }) => message) : (refusals ?? []);
    if (error && found.length === 0) found.push("The server cannot be reached; nothing was logged.");
    setFaults(found);
    if (found.length === 0) onClose();
  }

  return (
    <form className="call-form" onSubmit={save}>
      <label className="field wide">
        Who it was
        <select name="identity" defaultValue={phoneOf(identities)}>
          {identities.map(({ namespace, value }) => (
            <option key={`${namespace} ${value}`} value={`${namespace} ${value}`}>
              {namespace} {value}
            </option>
          ))}
        </select>
      </label>
      <Field name="callReason" label="Reason" required value={call?.callReason ?? ""} />
      <Choice
        name="outcome"
        label="Outcome"
        options={["HANDLED", "CALLBACK_REQUESTED", "VOICEMAIL", "ABANDONED", "TRANSFERRED_OUT"]}
      />
      <Choice name="isResolved" label="Resolved" options={["yes", "no"]} optional />
      <Choice name="direction" label="Direction" options={["INBOUND", "OUTBOUND"]} />
      <Field
        name="minutes"
        label={call ? "Minutes talked, if not until now" : "Minutes talked"}
        type="number"
        required={!call}
        value={call ? "" : "5"}
      />
      <Field name="agentId" label="Agent" value={agentId} />
      <Field name="team" label="Team" />
      <Field name="callCentreId" label="Call centre" />
      <Field name="transferredTo" label="Transferred to" />
      <label className="field wide">
        Notes
        <textarea name="notes" rows={3} />
      </label>
      {faults.length > 0 && (
        <ul className="refusal wide" role="alert">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <div className="row wide end">
        <Button className="button" onPress={onClose}>
          Leave it
        </Button>
        <Button type="submit" className="button primary" isDisabled={fetching}>
          Log the call
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  name: string;
  label: string;
  type?: string;
  required?: boolean;
  value?: string;
}

function Field({ name, label, type = "text", required, value }: FieldProps) {
  return (
    <label className="field">
      {label}
      <input
        name={name}
        type={type}
        required={required}
        defaultValue={value}
        min={type === "number" ? 0 : undefined}
        step="any"
      />
    </label>
  );
}

function Choice({
  name,
  label,
  options,
  optional,
}: {
  name: string;
  label: string;
  options: string[];
  optional?: boolean;
}) {
  return (
    <label className="field">
      {label}
      <select name={name}>
        {optional && <option value="">not said</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {wordsOf(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A call came from a phone, if they have one. */
function phoneOf(identities: readonly IdentityFields[]): string | undefined {
  const phone = identities.find(({ namespace }) => namespace === "phone") ?? identities[0];
  return phone && `${phone.namespace} ${phone.value}`;
}
