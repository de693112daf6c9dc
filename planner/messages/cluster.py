"""Sentences about clusters of machines."""

WORDS = {
    "help_insecure": (
        "use a cluster on another machine without TLS: whoever is on the network can read along and hand it work",
        "cho phép dùng cụm máy ở máy khác không qua TLS: người cùng mạng đọc được và giao việc được cho cụm máy",
    ),
    "cluster_unencrypted": (
        "{address} is on another machine and not encrypted; use a tls:// address (docs/how-to/cluster.md), or say "
        "--insecure",
        "{address} ở máy khác và không được mã hóa; hãy dùng địa chỉ tls:// (docs/how-to/cluster.md) hoặc nêu "
        "--insecure",
    ),
    "cluster_no_certificates": (
        "{address} needs certificates, which Dask's settings do not name (docs/how-to/cluster.md): {reason}",
        "{address} cần chứng thư số, nhưng cấu hình Dask chưa nêu (docs/how-to/cluster.md): {reason}",
    ),
    "cluster_silent": (
        "the Dask scheduler at {address} has not answered for {seconds} s; the work was given up",
        "máy điều phối Dask tại {address} không trả lời trong {seconds} giây; đã dừng việc tính",
    ),
    "cluster_no_workers": (
        "the Dask scheduler at {address} has had no workers for {seconds} s; the work was given up",
        "máy điều phối Dask tại {address} không có máy tính nào trong {seconds} giây; đã dừng việc tính",
    ),
    "cluster_no_sign": (
        "no worker of the Dask scheduler at {address} has given a sign of life for {seconds} s; the work was given up",
        "không máy tính nào của máy điều phối Dask tại {address} có tín hiệu trong {seconds} giây; đã dừng việc tính",
    ),
    "cluster_late": (
        "no answer has come from the cluster at {address} for {seconds} s, longer than any task may take; the work was "
        "given up",
        "cụm máy tại {address} không trả kết quả trong {seconds} giây, lâu hơn mức cho phép; đã dừng việc tính",
    ),
    "cluster_no_data": (
        "what a worker of {address} answered is not data and was not read ({found})",
        "kết quả do máy tính của {address} gửi về không phải là dữ liệu nên không được đọc ({found})",
    ),
    "cluster_untrue": (
        "what the cluster answered cannot be true and was not believed: {what}",
        "kết quả do cụm máy gửi về không thể đúng nên không được dùng: {what}",
    ),
}
