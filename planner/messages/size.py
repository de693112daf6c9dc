"""What is said of inputs that are larger than anybody can read: how much of it is only counted."""

WORDS = {
    "faults_more": (
        "... and {number:# more fault|# more faults} of this kind",
        "... và {number:#} lỗi khác cùng loại",
    ),
    "table_merges_overlap": (
        "the merged cells {one} and {other} lie over each other; unmerge them and save the file again",
        "các ô gộp {one} và {other} chồng lên nhau; hãy bỏ gộp ô rồi lưu lại tệp",
    ),
    "faults_not_all": (
        "there may be more wrong with it: after so many faults it was read no further",
        "có thể còn lỗi khác: vì quá nhiều lỗi nên không đọc tiếp",
    ),
}
