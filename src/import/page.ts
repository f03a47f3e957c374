import { parseHTML } from 'linkedom';

/** What is used of a page's parts. TypeScript's own types of them would bring all of a browser's globals with them. */
export interface PageNode {
  readonly nodeType: number;
  readonly textContent: string | null;
}

export interface PageElement extends PageNode {
  readonly tagName: string;
  readonly id: string;
  readonly className: string;
  readonly childNodes: Iterable<PageNode>;
  readonly parentElement: PageElement | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  contains(other: PageNode): boolean;
  replaceWith(...others: PageElement[]): void;
  append(...others: (PageNode | string)[]): void;
  remove(): void;
}

export interface Page {
  readonly body: PageElement;
  readonly documentElement: PageElement;
  createElement(tag: string): PageElement;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** Numbers of kinds of nodes, https://dom.spec.whatwg.org/#dom-node-nodetype */
export const NODE = Object.freeze({ element: 1, text: 3 });

/** A page as a tree. No script of it runs, and nothing is loaded. */
export function parsePage(html: string): Page {
  const whole = /<body[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`;
  return parseHTML(whole).document as unknown as Page;
}

export function isElement(node: PageNode): node is PageElement {
  return node.nodeType === NODE.element;
}
