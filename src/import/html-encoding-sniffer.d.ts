declare module 'html-encoding-sniffer' {
  /** The encoding of a page's bytes by its byte order mark or its `<meta>`, else `defaultEncoding`; a name that TextDecoder takes. */
  export default function sniffEncoding(
    bytes: Uint8Array,
    options?: { defaultEncoding?: string; transportLayerEncodingLabel?: string },
  ): string;
}
