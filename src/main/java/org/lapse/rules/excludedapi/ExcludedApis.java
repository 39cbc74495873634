package org.lapse.rules.excludedapi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls that do not reset the inactivity timer of one organization's tokens. Unchangeable, and made once for many
 * questions: a tree by segment, in which a question walks down along the path. It makes no object, and what it costs
 * grows with the length of the path, not with the number of patterns.
 */
public final class ExcludedApis {
    /** Every call resets the timer. */
    public static final ExcludedApis NONE = new ExcludedApis(Set.of());

    private final Set<ApiPattern> patterns;
    private final Node root;

    private ExcludedApis(Set<ApiPattern> patterns) {
        this.patterns = patterns;
        this.root = Node.of(patterns, 0);
    }

    /** What those patterns exclude together. */
    public static ExcludedApis of(Collection<ApiPattern> patterns) {
        return patterns.isEmpty() ? NONE : new ExcludedApis(Set.copyOf(patterns));
    }

    /** Whether that call is excluded. All spellings of a path have the same answer. */
    public boolean contains(ApiCall call) {
        return !patterns.isEmpty() && root.matches(call.method(), call.path(), 1);
    }

    /** The patterns, in no order. */
    public Set<ApiPattern> patterns() {
        return patterns;
    }

    @Override
    public String toString() {
        return patterns.toString();
    }

    /** All patterns that begin with the same segments. Nodes are as deep as the longest pattern, whatever is asked. */
    private static final class Node {
        private final Methods here;
        private final Methods below;
        private final Literals literals;
        private final @Nullable Node any;

        private Node(Methods here, Methods below, Literals literals, @Nullable Node any) {
            this.here = here;
            this.below = below;
            this.literals = literals;
            this.any = any;
        }

        static Node of(Collection<ApiPattern> patterns, int depth) {
            List<ApiPattern> ending = patterns.stream()
                    .filter(pattern -> pattern.segments().size() == depth)
                    .toList();
            List<ApiPattern> going = patterns.stream()
                    .filter(pattern -> pattern.segments().size() > depth)
                    .toList();
            Function<ApiPattern, String> segment = pattern -> pattern.segments().get(depth);
            List<ApiPattern> anySegment = going.stream()
                    .filter(pattern -> ApiPattern.isAny(segment.apply(pattern)))
                    .toList();
            List<Literal> literals = going.stream()
                    .filter(pattern -> !ApiPattern.isAny(segment.apply(pattern)))
                    .collect(Collectors.groupingBy(segment))
                    .entrySet()
                    .stream()
                    .map(group -> new Literal(group.getKey(), of(group.getValue(), depth + 1)))
                    .toList();
            return new Node(
                    Methods.of(ending.stream()
                            .filter(pattern -> !pattern.isSubtree())
                            .toList()),
                    Methods.of(ending.stream().filter(ApiPattern::isSubtree).toList()),
                    new Literals(literals),
                    anySegment.isEmpty() ? null : of(anySegment, depth + 1));
        }

        /** Whether a pattern matches from here on, where the next segment starts at that position. */
        boolean matches(String method, String path, int start) {
            if (start >= path.length()) {
                return here.contain(method);
            }
            if (below.contain(method)) {
                return true;
            }
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            @Nullable Node literal = literals.find(path, start, end);
            return (literal != null && literal.matches(method, path, end + 1))
                    || (any != null && any.matches(method, path, end + 1));
        }
    }

    /**
     * The methods by which calls are meant.
     *
     * @param all whether by all of them
     * @param named those that are named
     */
    private record Methods(boolean all, Set<String> named) {
        static Methods of(List<ApiPattern> patterns) {
            return new Methods(
                    patterns.stream().anyMatch(pattern -> pattern.method().isEmpty()),
                    patterns.stream()
                            .map(ApiPattern::method)
                            .flatMap(Optional::stream)
                            .collect(Collectors.toUnmodifiableSet()));
        }

        boolean contain(String method) {
            return all || named.contains(method);
        }
    }

    /**
     * The way on by one name.
     *
     * @param name the segment in its one spelling
     * @param node all patterns that go on so
     */
    private record Literal(String name, Node node) {}

    /** The ways on by name: a hash table with open addressing, which is asked with a part of a path. */
    private static final class Literals {
        private static final int HASH_FACTOR = 31;

        private final @Nullable Literal[] table;

        Literals(List<Literal> literals) {
            table = new Literal[Integer.highestOneBit(literals.size() * 2 + 1) * 2];
            for (Literal literal : literals) {
                int place = place(hash(literal.name, 0, literal.name.length()));
                while (table[place] != null) {
                    place = next(place);
                }
                table[place] = literal;
            }
        }

        @Nullable
        Node find(String path, int start, int end) {
            int place = place(hash(path, start, end));
            int length = end - start;
            for (Literal found = table[place]; found != null; found = table[place]) {
                if (length == found.name.length() && path.startsWith(found.name, start)) {
                    return found.node;
                }
                place = next(place);
            }
            return null;
        }

        private static int hash(String path, int start, int end) {
            int hash = 0;
            for (int at = start; at < end; at++) {
                hash = HASH_FACTOR * hash + path.charAt(at);
            }
            return hash;
        }

        private int place(int hash) {
            return (hash ^ hash >>> 16) & (table.length - 1);
        }

        private int next(int place) {
            return (place + 1) & (table.length - 1);
        }
    }
}
