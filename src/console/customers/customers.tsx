import { PageHead } from "../parts/panel.tsx";
import { usePlace } from "../shell/router.ts";
import { Conflicts } from "./conflicts.tsx";
import { CustomerPage } from "./customer-page.tsx";
import { CustomerSearch } from "./search.tsx";
import "../customer/customer.css";
import "./customers.css";

/** The search, one customer, and the conflicts. */
export function CustomersPage() {
  const { path } = usePlace();
  const id = path.split("/")[2];
  if (id === "conflicts") return <Conflicts />;
  if (id) return <CustomerPage key={id} customerId={id} />;
  return (
    <>
      <PageHead title="Customers">
        Everybody who was ever seen. <a href="/customers/conflicts">What the rules keep apart</a>
      </PageHead>
      <CustomerSearch />
    </>
  );
}
