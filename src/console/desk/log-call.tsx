import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { graphql } from "../api/graphql.ts";
import { randomId } from "../parts/random.ts";
import { Sheet } from "../parts/sheet.tsx";
import { CallFields, type CallFieldsProps } from "./call-fields.tsx";
import { callVariablesOf } from "./call-form.ts";

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

interface LogCallProps extends Omit<CallFieldsProps, "call"> {
  isOpen: boolean;
  onClose: () => void;
  /** Called with the customer's id once the call is stored. */
  onLogged?: (customerId: string) => void;
  /** The announced call: logging it under its own key ends it. */
  call?: { source: string; sourceId: string; ringingAt: string; callReason: string | null };
}

/** "Log this call": the fields of a call, filled in where they are known. */
export function LogCall({ isOpen, ...form }: LogCallProps) {
  return (
    <Sheet title="Log this call" isOpen={isOpen} onClose={form.onClose} isWide>
      {isOpen && <CallForm {...form} />}
    </Sheet>
  );
}

function CallForm({ onClose, onLogged, call, ...known }: Omit<LogCallProps, "isOpen">) {
  const { save, faults, isBusy } = useLogging({ call, onClose, onLogged });
  return (
    <form className="call-form" onSubmit={save}>
      <CallFields {...known} call={call} />
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
        <Button type="submit" className="button primary" isDisabled={isBusy}>
          Log the call
        </Button>
      </div>
    </form>
  );
}

/** Sends the form; when the call is refused, it stays open and shows why. */
function useLogging({ call, onClose, onLogged }: Pick<LogCallProps, "call" | "onClose" | "onLogged">) {
  const [{ fetching }, send] = useMutation(logCall);
  const [faults, setFaults] = useState<string[]>([]);
  // The same key for each try, so that a call sent twice is stored once.
  const [key] = useState(() => call ?? { source: "console", sourceId: randomId(), ringingAt: null });

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { data, error } = await send({ input: callVariablesOf(new FormData(event.currentTarget), key) });
    const found =
      error?.graphQLErrors.map(({ message }) => message) ??
      data?.logCall.userErrors.map(({ path, message }) => `${path.slice(1).join(".")} ${message}`.trim()) ??
      [];
    if (error?.networkError) found.push("The server cannot be reached; nothing was logged.");
    setFaults(found);
    if (found.length > 0) return;
    onClose();
    if (data?.logCall.customer) onLogged?.(data.logCall.customer.id);
  }

  return { save, faults, isBusy: fetching };
}
