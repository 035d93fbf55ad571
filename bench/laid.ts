import { buildDataSet, type DataSet, findDataSet } from "./data-set.ts";
import { openPlace, type Place } from "./place.ts";

/** A data set that was laid down. */
export interface Laid extends Place {
  dataSet: DataSet;
}

/** Fast to write, since the data can be made again; to read, it is as any other. */
const HASTY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "20GB" };

/** A data set of so many touchpoints, only to be read: in a folder that stays, where one is named, so that the next run finds it. */
export async function openLaid(touchpoints: number, folder: string | undefined): Promise<Laid> {
  const place = await openPlace(folder, HASTY);
  const found = await findDataSet(place.db);
  const dataSet = found.touchpoints > 0 ? found : await buildDataSet(place.db, touchpoints, { isIndexed: false });
  return { ...place, dataSet };
}
