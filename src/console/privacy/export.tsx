import { useEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { graphql } from "../api/graphql.ts";
import { faultsOf } from "../customers/faults.ts";
import { Sheet } from "../parts/sheet.tsx";

const exportMutation = graphql(`
  mutation ExportCustomer($id: ID!) {
    exportCustomer(customerId: $id) {
      json
      page
      until
      userErrors { message }
    }
  }
`);

/** Links to all that is held of a customer. They are made when they are asked for, since they are good for a minute. */
export function ExportSheet({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const [{ data, fetching, error }, send] = useMutation(exportMutation);
  const links = data?.exportCustomer;
  const isOver = useIsOver(links?.until ?? null);
  return (
    <Sheet title="All that is held" isOpen onClose={onClose}>
      <div className="stack">
        <p>
          Every record, visit, decision and look, with where each came from: to be handed to the customer, and nobody
          else. The audit says that you opened it.
        </p>
        {faultsOf(error, links?.userErrors).map((fault) => (
          <p key={fault} className="refusal" role="alert">
            {fault}
          </p>
        ))}
        {links?.page && links.json && !isOver ? (
          <div className="row">
            <a className="button primary" href={links.page} target="_blank" rel="noopener">
              Open the page ↗
            </a>
            <a className="button" href={links.json} download="customer.json">
              Download JSON
            </a>
            <span className="soft">good for a minute</span>
          </div>
        ) : (
          <Button className="button primary" isDisabled={fetching} onPress={() => void send({ id: customerId })}>
            {isOver ? "Make links again" : "Make links"}
          </Button>
        )}
      </div>
    </Sheet>
  );
}

function useIsOver(until: string | null): boolean {
  const [over, setOver] = useState<string | null>(null);
  useEffect(() => {
    if (!until) return;
    const timer = setTimeout(() => setOver(until), Date.parse(until) - Date.now());
    return () => clearTimeout(timer);
  }, [until]);
  return until !== null && over === until;
}
