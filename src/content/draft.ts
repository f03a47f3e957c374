/** The format of content that this program reads and writes. */
export const FORMAT = 2;

/** What a text begins with that nobody has worded yet. */
export const PLACEHOLDER = 'TO BE WORDED:';
