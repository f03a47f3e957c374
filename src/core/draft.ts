/** What a text begins with that nobody has worded yet. */
export const PLACEHOLDER = 'TO BE WORDED:';
