package org.lapse.excludedapi;

/**
 * A call of an API as it was sent.
 *
 * @param method the HTTP method, in capitals
 * @param path the path from the server's root, without the context path and without the query, as it stood in the
 *     request: percent-encoded, with or without a slash in front
 */
public record ApiCall(String method, String path) {

    /** Takes characters beyond ASCII for what they are percent-encoded. */
    public ApiCall {
        path = RawPath.ascii(path);
    }

    /** The same call with the one spelling that its path has here: without a slash in front, {@code a/b%20c}. */
    public ApiCall normalized() {
        StringBuilder normal = new StringBuilder(path.length());
        for (int at = RawPath.next(path, 0); at < path.length(); at = RawPath.next(path, RawPath.after(path, at))) {
            if (!normal.isEmpty()) {
                normal.append('/');
            }
            normal.append(RawPath.spelled(path, at, RawPath.end(path, at)));
        }
        return new ApiCall(method, normal.toString());
    }
}
