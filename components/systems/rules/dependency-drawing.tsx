"use client";

import "@xyflow/react/dist/base.css";
import { Graph, layout } from "@dagrejs/dagre";
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { RefreshCcwDot } from "lucide-react";
import { useTheme } from "next-themes";
import { useMemo } from "react";
import { KIND_WORD } from "#components/systems/words.ts";
import { cx } from "#components/ui/cx.ts";
import type { Dependency, ParameterKind } from "#lib/systems/model.ts";

const WIDTH = 230;
const HEIGHT = 54;

type PlaceNode = Node<
  {
    readonly place: string;
    readonly kind: string;
    readonly isFocus: boolean;
    readonly isCircular: boolean;
  },
  "place"
>;

const NODE_TYPES = { place: Place };

/** Drawn from left to right: what changes, and what has to be looked at then. */
export default function DependencyDrawing({
  dependencies,
  focus,
  inCycle,
  kindOf,
  onChoose,
}: {
  readonly dependencies: readonly Dependency[];
  readonly focus: string;
  readonly inCycle: ReadonlySet<string>;
  readonly kindOf: (place: string) => ParameterKind | undefined;
  readonly onChoose: (place: string) => void;
}) {
  const { resolvedTheme } = useTheme();
  const { nodes, edges } = useMemo(
    () =>
      drawing(dependencies, (place) => ({
        isFocus: place === focus,
        isCircular: inCycle.has(place),
        kind: kindOf(place),
      })),
    [dependencies, focus, inCycle, kindOf],
  );
  return (
    <section className="h-[65vh]" aria-label="Graph of the dependencies; the table has the same">
      <ReactFlow
        key={`${focus} ${nodes.length}`}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={resolvedTheme === "dark" ? "dark" : "light"}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        onNodeClick={(_, node) => onChoose(node.id)}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
        minZoom={0.2}
      >
        <Background color="var(--border-strong)" />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function Place({ data }: NodeProps<PlaceNode>) {
  return (
    <div
      className={cx(
        "flex h-full w-full flex-col justify-center rounded-md border bg-surface px-2.5 text-left text-text",
        data.isFocus ? "border-accent outline-1 outline-accent" : "border-border-strong",
      )}
    >
      <Handle type="target" position={Position.Left} className="opacity-0" />
      <code className="truncate font-mono text-xs" title={data.place}>
        {data.place}
      </code>
      <span className="flex items-center gap-1 text-xs text-muted">
        {data.kind}
        {data.isCircular ? (
          <>
            <RefreshCcwDot aria-hidden className="ml-1 size-3" />
            in a circle
          </>
        ) : null}
      </span>
      <Handle type="source" position={Position.Right} className="opacity-0" />
    </div>
  );
}

type Looks = (place: string) => {
  readonly isFocus: boolean;
  readonly isCircular: boolean;
  readonly kind: ParameterKind | undefined;
};

function drawing(dependencies: readonly Dependency[], looks: Looks): { nodes: PlaceNode[]; edges: Edge[] } {
  const graph = new Graph().setGraph({ rankdir: "LR", nodesep: 18, ranksep: 70 }).setDefaultEdgeLabel(() => ({}));
  for (const { from, to } of dependencies) {
    for (const place of [from, to]) graph.setNode(place, { width: WIDTH, height: HEIGHT });
    graph.setEdge(from, to);
  }
  layout(graph);
  const nodes = graph.nodes().map((place): PlaceNode => {
    const { x = 0, y = 0 } = graph.node(place);
    const { kind, ...look } = looks(place);
    return {
      id: place,
      type: "place",
      position: { x: x - WIDTH / 2, y: y - HEIGHT / 2 },
      width: WIDTH,
      height: HEIGHT,
      data: { place, kind: kind ? KIND_WORD[kind] : "Several kinds", ...look },
    };
  });
  const edges = dependencies.map(({ from, to, reason }) => ({
    id: `${from} → ${to}`,
    source: from,
    target: to,
    ariaLabel: `${from} to ${to}: ${reason}`,
    markerEnd: { type: MarkerType.ArrowClosed, color: "var(--field)" },
    style: { stroke: "var(--field)" },
  }));
  return { nodes, edges };
}
