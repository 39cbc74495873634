package org.lapse.platform.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, in the shape that the vendor's SDKs read.
 *
 * @param <E> what is listed
 * @param entities the page's own entries
 * @param pageSize how many entries a page has at the most
 * @param pageNumber which page this is, from 1
 * @param total how many entries there are on all pages together, exactly
 * @param pageCount how many pages there are
 * @param firstUri where the first page is
 * @param selfUri where this page is
 * @param nextUri where the next page is; left out on the last
 * @param previousUri where the page before is; left out on the first
 * @param lastUri where the last page is
 */
public record Page<E>(
        List<E> entities,
        int pageSize,
        int pageNumber,
        long total,
        long pageCount,
        String firstUri,
        String selfUri,
        @Nullable String nextUri,
        @Nullable String previousUri,
        String lastUri) {

    /**
     * The page that was asked for.
     *
     * @param path where the listing is, with the query of its filters if it has one
     */
    public static <E> Page<E> of(List<E> entities, Request request, long total, String path) {
        long pageCount = Math.max(1, (total + request.size - 1) / request.size);
        return new Page<>(
                entities,
                request.size,
                request.number,
                total,
                pageCount,
                request.uri(path, 1),
                request.uri(path, request.number),
                request.number < pageCount ? request.uri(path, request.number + 1L) : null,
                request.number > 1 ? request.uri(path, request.number - 1L) : null,
                request.uri(path, pageCount));
    }

    /**
     * Which page is asked for.
     *
     * @param size how many entries a page has at the most, 1 to 500
     * @param number which page, from 1
     */
    public record Request(int size, int number) {
        private static final int DEFAULT_SIZE = 25;
        private static final int LARGEST_SIZE = 500;
        private static final int LARGEST_NUMBER = 1_000_000;

        /**
         * Reads the query parameters {@code pageSize} (25 where it is left out) and {@code pageNumber} (1).
         *
         * @throws ApiException 400 {@code invalid.value} where one is no number, or off its range
         */
        public static Request of(@Nullable String pageSize, @Nullable String pageNumber) {
            return new Request(
                    number("pageSize", pageSize, DEFAULT_SIZE, LARGEST_SIZE),
                    number("pageNumber", pageNumber, 1, LARGEST_NUMBER));
        }

        private static int number(String field, @Nullable String given, int otherwise, int largest) {
            if (given == null) {
                return otherwise;
            }
            if (!given.matches("[1-9]\\d{0,6}") || Integer.parseInt(given) > largest) {
                throw ApiException.invalidValue(field, field + " is a whole number from 1 to " + largest + ".");
            }
            return Integer.parseInt(given);
        }

        /** How many entries stand on the pages before. */
        public int first() {
            return (number - 1) * size;
        }

        private String uri(String path, long page) {
            return path + (path.contains("?") ? "&" : "?") + "pageSize=" + size + "&pageNumber=" + page;
        }
    }
}
