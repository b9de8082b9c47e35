import { ModelCompileError } from '../errors.js';
import type { Attributes } from './attributes.js';
import type { Constant } from './tensor.js';

/**
 * One operation. `inputs` are references to tensors: `name` is the first output
 * of a node, `name:1` its second; `^name` is a control dependency without data.
 */
export interface GraphNode {
  readonly name: string;
  /** Name of the operation as TensorFlow has it, e.g. `Conv2D`. */
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
  /** The value of a `Const`; absent on every other operation. */
  readonly value?: Constant;
}

/** Splits a reference into the name of its node and the number of the output. */
export function parseReference(reference: string): {
  readonly name: string;
  readonly output: number;
} {
  const bare = reference.startsWith('^') ? reference.slice(1) : reference;
  const colon = bare.lastIndexOf(':');
  const output = colon < 0 ? NaN : Number(bare.slice(colon + 1));
  return Number.isInteger(output)
    ? { name: bare.slice(0, colon), output }
    : { name: bare, output: 0 };
}

/** A `Const` node that holds a value. */
export function constantNode(name: string, value: Constant): GraphNode {
  return { name, op: 'Const', inputs: [], attributes: {}, value };
}

/**
 * A dataflow graph, changed in place by the passes. Nodes themselves are
 * immutable: a pass replaces them. `outputs` names the nodes that have to keep
 * their name and their value, whatever else is rewritten.
 */
export class Graph {
  readonly #nodes = new Map<string, GraphNode>();
  #consumers: Map<string, GraphNode[]> | undefined;
  outputs: readonly string[];

  constructor(nodes: Iterable<GraphNode>, outputs: readonly string[] = []) {
    for (const node of nodes) this.add(node);
    this.outputs = outputs;
  }

  /** A copy to be rewritten apart from this one; tensors are shared, being never changed in place. */
  clone(): Graph {
    return new Graph(this.#nodes.values(), this.outputs);
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** All nodes as they are now; safe to iterate while the graph changes. */
  get nodes(): readonly GraphNode[] {
    return [...this.#nodes.values()];
  }

  has(name: string): boolean {
    return this.#nodes.has(name);
  }

  /** Adds a node under a name that is still free. */
  add(node: GraphNode): void {
    if (this.#nodes.has(node.name)) {
      throw new ModelCompileError(`The graph has two nodes named "${node.name}".`);
    }
    this.set(node);
  }

  /** Adds a node, or replaces the one of the same name. */
  set(node: GraphNode): void {
    this.#nodes.set(node.name, node);
    this.#consumers = undefined;
  }

  delete(name: string): void {
    this.#nodes.delete(name);
    this.#consumers = undefined;
  }

  /** The node that makes a tensor; throws `ModelCompileError` when there is none. */
  producer(reference: string): GraphNode {
    const node = this.#nodes.get(parseReference(reference).name);
    if (node === undefined) {
      throw new ModelCompileError(`The graph has no node for the tensor "${reference}".`);
    }
    return node;
  }

  /** The value of a tensor that is a constant. */
  constant(reference: string): Constant | undefined {
    return this.producer(reference).value;
  }

  /** The nodes that read any output of a node; one that reads it twice is there twice. */
  consumers(name: string): readonly GraphNode[] {
    if (this.#consumers === undefined) {
      this.#consumers = new Map();
      for (const node of this.#nodes.values()) {
        for (const input of node.inputs) {
          const source = parseReference(input).name;
          const readers = this.#consumers.get(source);
          if (readers === undefined) this.#consumers.set(source, [node]);
          else readers.push(node);
        }
      }
    }
    return this.#consumers.get(name) ?? [];
  }

  isOutput(name: string): boolean {
    return this.outputs.includes(name);
  }

  /** Whether a node may vanish into its one reader: nobody else sees its value. */
  isPrivate(name: string): boolean {
    return !this.isOutput(name) && this.consumers(name).length === 1;
  }

  /** Makes every reader of one tensor read another. */
  redirect(from: string, to: string): void {
    for (const node of this.nodes) {
      if (!node.inputs.includes(from)) continue;
      this.set({ ...node, inputs: node.inputs.map((input) => (input === from ? to : input)) });
    }
  }

  /** A name that no node has yet. */
  freshName(wish: string): string {
    if (!this.#nodes.has(wish)) return wish;
    for (let counter = 1; ; counter++) {
      const name = `${wish}_${counter}`;
      if (!this.#nodes.has(name)) return name;
    }
  }

  /**
   * The nodes that the given tensors are computed from, inputs before readers.
   * Control dependencies are not followed.
   *
   * @throws ModelCompileError when the nodes form a cycle or one is missing.
   */
  closure(references: readonly string[]): GraphNode[] {
    const ordered: GraphNode[] = [];
    const state = new Map<string, 'open' | 'done'>();
    const visit = (reference: string): void => {
      const node = this.producer(reference);
      const seen = state.get(node.name);
      if (seen === 'done') return;
      if (seen === 'open') {
        throw new ModelCompileError(`The node "${node.name}" depends on itself (a loop).`);
      }
      state.set(node.name, 'open');
      for (const input of node.inputs) if (!input.startsWith('^')) visit(input);
      state.set(node.name, 'done');
      ordered.push(node);
    };
    for (const reference of references) visit(reference);
    return ordered;
  }
}
