/** The envelope of CloudEvents 1.0, in its structured form. */
export interface CloudEvent {
  specversion: string;
  /** Whose event it is: customer360.call, or the name of a connector among its words, such as com.example.callrail.call. */
  type: string;
  /** Together with `id` it is unique. */
  source: string;
  id: string;
  time: string;
  subject: string;
  /** The media type of the data: JSON where it is left out. */
  datacontenttype: string;
  data: unknown;
  /** The data where they are bytes. */
  data_base64: string;
}
