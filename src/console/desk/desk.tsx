import { usePlace } from "../shell/router.ts";
import { Caller } from "./caller.tsx";
import { DeskCustomer } from "./desk-customer.tsx";
import { FoundCustomers } from "./found.tsx";
import { typedIdentity } from "./identity-in.ts";
import { Lookup } from "./lookup.tsx";
import { NewCaller } from "./new-caller.tsx";
import { WhoseDesk } from "./whose-desk.tsx";
import "../customer/customer.css";
import "./desk.css";

/** The agent's page: who is calling, what they did, and what to note. */
export function DeskPage() {
  const { search } = usePlace();
  const customerId = search.get("customer");
  const wanted = search.get("find");
  return (
    <div className="desk">
      <div className="row spread">
        <Lookup wanted={wanted ?? ""} />
        <WhoseDesk />
      </div>
      <OnTheDesk customerId={customerId} wanted={wanted} isOnCall={search.has("call")} />
    </div>
  );
}

interface OnTheDeskProps {
  customerId: string | null;
  wanted: string | null;
  /** Whether a call of an unknown caller was taken. */
  isOnCall: boolean;
}

function OnTheDesk({ customerId, wanted, isOnCall }: OnTheDeskProps) {
  if (customerId) return <DeskCustomer key={customerId} customerId={customerId} />;
  if (!wanted && isOnCall) return <NewCaller title="Nobody is known under this number" typed="" />;
  if (!wanted) return <Idle />;
  const identity = typedIdentity(wanted);
  return identity ? (
    <Caller key={wanted} wanted={wanted} identity={identity} />
  ) : (
    <FoundCustomers key={wanted} wanted={wanted} />
  );
}

function Idle() {
  return (
    <div className="state idle">
      <strong>Nobody is on the line</strong>
      <p>
        Type a telephone number, an e-mail address, a customer number or part of a name. With your agent id in its
        field, calls open here by themselves.
      </p>
      <p className="for-keyboards">
        <kbd>/</kbd> leads to the field from anywhere, <kbd>?</kbd> to all shortcuts.
      </p>
    </div>
  );
}
