import { usePlace } from "../shell/router.ts";
import { DeskCustomer } from "./desk-customer.tsx";
import { Found } from "./found.tsx";
import { Lookup } from "./lookup.tsx";
import "../customer/customer.css";
import "./desk.css";

/** Where an agent sits: who is on the line, what they did, and what to note. */
export function DeskPage() {
  const { search } = usePlace();
  const customerId = search.get("customer");
  const wanted = search.get("find");
  return (
    <div className="desk">
      <Lookup wanted={wanted ?? ""} />
      {customerId ? (
        <DeskCustomer key={customerId} customerId={customerId} />
      ) : wanted ? (
        <Found wanted={wanted} />
      ) : (
        <Idle />
      )}
    </div>
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
    </div>
  );
}
