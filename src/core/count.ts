/** A number with its noun, such as `1 topic` or `2 topics`. */
export function countNoun(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
