/** The addresses of the desk's pages. */
export const ROOT = '/desk';

export function articlePath(article: string): string {
  return `${ROOT}/a/${encodeURIComponent(article)}`;
}

export function topicPath(article: string, topic: string): string {
  return `${articlePath(article)}/t/${encodeURIComponent(topic)}`;
}

/** A claim in its form; `element` is what of it comes into sight. */
export function claimPath(article: string, topic: string, claim: string, element = 'claim'): string {
  return `${topicPath(article, topic)}?claim=${encodeURIComponent(claim)}#${element}`;
}

/** The form for an article's record. */
export function recordPath(article: string): string {
  return `${articlePath(article)}/record`;
}

/** The text of a file: `record`, `notes`, `page` or `wordings`, the last two of a topic. */
export function filePath(article: string, kind: string, topic = ''): string {
  return `${articlePath(article)}/file/${kind}${topic ? `/${encodeURIComponent(topic)}` : ''}`;
}
