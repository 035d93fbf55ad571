import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { graphql } from "../api/graphql.ts";
import { faultsOf } from "../customers/faults.ts";

const replay = graphql(`
  mutation Replay($source: String, $reason: String) {
    replayRejections(source: $source, reason: $reason) {
      replayed
      accepted
      stillRejected
      userErrors { message }
    }
  }
`);

interface ReplayProps {
  source: string | null;
  reason: string | null;
  again: () => void;
}

/** Sends the rejections shown to ingest again, and says what became of them. */
export function Replay({ source, reason, again }: ReplayProps) {
  const [{ fetching }, send] = useMutation(replay);
  const [said, say] = useState("");

  async function press() {
    const { data, error } = await send({ source, reason });
    const faults = faultsOf(error, data?.replayRejections.userErrors);
    say([...(data ? [sentenceOf(data.replayRejections)] : []), ...faults].join(" "));
    again();
  }

  return (
    <>
      <Button className="button" onPress={press} isDisabled={fetching}>
        {fetching ? "Replaying …" : "Replay these"}
      </Button>
      <span role="status">{said}</span>
    </>
  );
}

function sentenceOf(counts: { replayed: number; accepted: number; stillRejected: number }): string {
  return `${counts.replayed} sent again: ${counts.accepted} accepted, ${counts.stillRejected} still rejected.`;
}
