import { usePlace } from "../shell/router.ts";
import { Caller, identityIn } from "./caller.tsx";
import { DeskCustomer } from "./desk-customer.tsx";
import { Found } from "./found.tsx";
import { Lookup } from "./lookup.tsx";
import { WhoseDesk } from "./whose-desk.tsx";
import "../customer/customer.css";
import "./desk.css";

/** Where an agent sits: who is on the line, what they did, and what to note. */
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
      <OnTheDesk customerId={customerId} wanted={wanted} />
    </div>
  );
}

function OnTheDesk({ customerId, wanted }: { customerId: string | null; wanted: string | null }) {
  if (customerId) return <DeskCustomer key={customerId} customerId={customerId} />;
  if (!wanted) return <Idle />;
  const identity = identityIn(wanted);
  return identity ? (
    <Caller key={wanted} wanted={wanted} identity={identity} />
  ) : (
    <Found key={wanted} wanted={wanted} />
  );
}

function Idle() {
  return (
    <div className="state idle">
      <strong>Nobody is on the line</strong>
      <p>
        Type a telephone number, an e-mail address, a customer number or part of a name. Press <kbd>/</kbd> to get to
        the field from anywhere and <kbd>?</kbd> for all shortcuts.
      </p>
      <p>With your agent id in the field on the right, calls open here by themselves.</p>
    </div>
  );
}
