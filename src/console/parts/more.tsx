import { Button } from "react-aria-components/Button";
import { changeParameters, usePlace } from "../shell/router.ts";

interface MoreProps {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Links to the next page of a list and back to the first; the address holds the page. */
export function More({ pageInfo: { hasNextPage, endCursor } }: MoreProps) {
  const { search } = usePlace();
  if (!hasNextPage && !search.has("after")) return null;
  return (
    <div className="row more">
      {search.has("after") && (
        <Button className="button quiet" onPress={() => changeParameters({ after: null })}>
          From the start
        </Button>
      )}
      {hasNextPage && (
        <Button className="button quiet" onPress={() => changeParameters({ after: endCursor })}>
          Next
        </Button>
      )}
    </div>
  );
}
