import { PageHead } from "../parts/panel.tsx";
import { usePlace } from "../shell/router.ts";
import { CustomerSearch } from "./search.tsx";
import "../customer/customer.css";

/** Customers: search, one of them, and what the rules keep apart. */
export function CustomersPage() {
  const { path } = usePlace();
  const [, , id] = path.split("/");
  if (id) return null;
  return (
    <>
      <PageHead title="Customers">Everybody who was ever seen, named or not.</PageHead>
      <CustomerSearch />
    </>
  );
}
