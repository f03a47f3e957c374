/** The addresses of the desk's pages. */
export const ROOT = '/desk';

export function articlePath(article: string): string {
  return `${ROOT}/a/${encodeURIComponent(article)}`;
}

export function topicPath(article: string, topic: string): string {
  return `${articlePath(article)}/t/${encodeURIComponent(topic)}`;
}

export function claimPath(article: string, topic: string, claim: string): string {
  return `${topicPath(article, topic)}?claim=${encodeURIComponent(claim)}#claim`;
}

/** The text of a file: `record`, `notes`, `page` or `wordings`, the last two of a topic. */
export function filePath(article: string, kind: string, topic = ''): string {
  return `${articlePath(article)}/file/${kind}${topic ? `/${encodeURIComponent(topic)}` : ''}`;
}
