import { wordsOf } from "../parts/format.ts";

export interface CallFieldsProps {
  /** The identities to log the call under; empty for a new caller, whose number is typed. */
  identities: readonly { namespace: string; value: string }[];
  /** The text typed in the search field. */
  typed?: string;
  /** The agent who logs the call. */
  agentId: string;
  call?: { callReason: string | null };
}

/** The fields of a call. */
export function CallFields({ identities, typed = "", agentId, call }: CallFieldsProps) {
  return (
    <>
      {identities.length > 0 ? (
        <WhoItWas identities={identities} />
      ) : (
        <Field
          name="typed"
          label="Who it was: a number or an e-mail address; empty when withheld"
          value={typed}
          isWide
        />
      )}
      <Field name="callReason" label="Reason" isRequired value={call?.callReason ?? ""} />
      <Choice name="outcome" label="Outcome" options={OUTCOMES} />
      <Choice name="isResolved" label="Resolved" options={["yes", "no"]} isOptional />
      <Choice name="direction" label="Direction" options={["INBOUND", "OUTBOUND"]} />
      <Field
        name="minutes"
        label={call ? "Minutes, if not until now" : "Minutes talked"}
        type="number"
        isRequired={!call}
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
    </>
  );
}

const OUTCOMES = ["HANDLED", "CALLBACK_REQUESTED", "VOICEMAIL", "ABANDONED", "TRANSFERRED_OUT"];

function WhoItWas({ identities }: Pick<CallFieldsProps, "identities">) {
  // A call comes from a phone, where the customer has one.
  const phone = identities.find(({ namespace }) => namespace === "phone") ?? identities[0]!;
  return (
    <label className="field wide">
      Who it was
      <select name="identity" defaultValue={`${phone.namespace} ${phone.value}`}>
        {identities.map(({ namespace, value }) => (
          <option key={`${namespace} ${value}`} value={`${namespace} ${value}`}>
            {namespace} {value}
          </option>
        ))}
      </select>
    </label>
  );
}

interface FieldProps {
  name: string;
  label: string;
  type?: "text" | "number";
  isRequired?: boolean;
  isWide?: boolean;
  value?: string;
}

function Field({ name, label, type = "text", isRequired, isWide, value }: FieldProps) {
  return (
    <label className={isWide ? "field wide" : "field"}>
      {label}
      <input
        name={name}
        type={type}
        required={isRequired}
        defaultValue={value}
        min={type === "number" ? 0 : undefined}
        step="any"
      />
    </label>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: readonly string[];
  isOptional?: boolean;
}

function Choice({ name, label, options, isOptional }: ChoiceProps) {
  return (
    <label className="field">
      {label}
      <select name={name}>
        {isOptional && <option value="">not said</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {wordsOf(option)}
          </option>
        ))}
      </select>
    </label>
  );
}
